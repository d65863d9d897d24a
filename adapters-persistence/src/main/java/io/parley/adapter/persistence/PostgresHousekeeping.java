package io.parley.adapter.persistence;

import io.parley.domain.port.persistence.Housekeeping;
import java.time.Instant;
import java.util.List;

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
          and (f.generation_id is null or f.server_id is not null)
          and not exists (select from erasure_removals r where r.index_id = f.id
            and r.evidence = 'pending')
        order by f.seen_at limit ? for update skip locked)
      """;

  static final String UNUSED_EMBEDDINGS =
      """
      delete from embeddings where (chunk_id, model_id) in (
        select chunk_id, model_id from embeddings where model_id = ? limit ? for update skip locked)
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

  /** Models that nobody uses go with their last embedding: there are few others. */
  @Override
  public int removeUnusedEmbeddings(int limit) {
    int removed = 0;
    for (int model : unusedModels()) {
      removed += sql.update(UNUSED_EMBEDDINGS, model, limit - removed);
      if (removed == limit) {
        return removed;
      }
      sql.update(
          """
          delete from embedding_models m where m.id = ?
            and not exists (select from generations g where g.model_id = m.id)
            and not exists (select from embeddings e where e.model_id = m.id)
          """,
          model);
    }
    return removed;
  }

  private List<Integer> unusedModels() {
    return sql.list(
        """
        select m.id from embedding_models m
        where not exists (select from generations g where g.model_id = m.id) order by m.id
        """,
        row -> row.integer("id"));
  }
}
