package io.parley.adapter.persistence;

import io.parley.domain.port.persistence.Housekeeping;
import java.time.Instant;

/** Deletes in small steps, each by an index on the age. */
final class PostgresHousekeeping implements Housekeeping {

  static final String ENDED_JOBS =
      """
      delete from jobs where id in (
        select id from jobs where state in ('failed', 'cancelled') and ended_at < ?
        order by ended_at limit ? for update skip locked)
      """;

  static final String EXPIRED_ANSWERS =
      """
      delete from idempotency_keys where (user_id, key) in (
        select user_id, key from idempotency_keys where expires_at < ?
        order by expires_at limit ? for update skip locked)
      """;

  static final String EXPIRED_TOKENS =
      """
      delete from refresh_tokens where hash in (
        select hash from refresh_tokens where expires_at < ?
        order by expires_at limit ? for update skip locked)
      """;

  /**
   * There are a few for each server, so that no index is needed. An erasure that waits for one says
   * so in its receipt before it is forgotten.
   */
  static final String GONE_FOLLOWERS =
      """
      delete from followers where id in (
        select f.id from followers f where f.seen_at < ?
          and not exists (select from erasure_removals r where r.index_id = f.id
            and r.evidence = 'pending')
        order by f.seen_at limit ? for update skip locked)
      """;

  private final Sql sql;

  PostgresHousekeeping(Sql sql) {
    this.sql = sql;
  }

  @Override
  public int removeEndedJobs(Instant before, int limit) {
    return sql.update(ENDED_JOBS, before, limit);
  }

  @Override
  public int removeExpiredAnswers(Instant before, int limit) {
    return sql.update(EXPIRED_ANSWERS, before, limit);
  }

  @Override
  public int removeGoneFollowers(Instant before, int limit) {
    return sql.update(GONE_FOLLOWERS, before, limit);
  }

  @Override
  public int removeExpiredTokens(Instant before, int limit) {
    return sql.update(EXPIRED_TOKENS, before, limit);
  }
}
