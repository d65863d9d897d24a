package io.parley.adapter.persistence;

import io.parley.domain.job.JobKind;
import io.parley.domain.job.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is. A claim first takes up a lease that has expired; else it asks whose turn it is
 * among the owners that wait, by walking the index from owner to owner, and takes the first job of
 * the first of them that nobody else is just serving, so that claims at the same time go to
 * different owners. Its cost follows the owners that wait, not their jobs.
 */
final class JobTurns {

  static final String EXPIRED =
      """
      select id, owner_id from jobs
      where state = 'running' and lease_expires_at <= ? and kind = any(?)
      order by lease_expires_at limit 1 for update skip locked
      """;

  /** The owners that wait, from one to the next by the index. */
  private static final String WAITING =
      """
      with recursive waiting (owner_id) as (
        (select owner_id from jobs where state = 'queued' order by owner_id limit 1)
        union all
        select (select j.owner_id from jobs j where j.state = 'queued' and j.owner_id > w.owner_id
            order by j.owner_id limit 1)
        from waiting w where w.owner_id is not null)
      """;

  private static final String READY =
      """
       exists (select from jobs j where j.owner_id = w.owner_id and j.state = 'queued'
        and j.not_before <= ? and j.kind = any(?))
      """;

  static final String OWNERS_IN_TURN =
      WAITING
          + """
          select w.owner_id, o.turn from waiting w join job_owners o on o.owner_id = w.owner_id
          where
          """
          + READY
          + " order by o.turn limit 200";

  /** Waiting owners, and leases of others that nobody renewed. */
  static final String OTHERS_WAIT =
      WAITING
          + """
          select 1 from waiting w where w.owner_id <> ? and
          """
          + READY
          + """
           union all
          select 1 from jobs where state = 'running' and lease_expires_at <= ? and owner_id <> ?
            and kind = any(?)
          limit 1
          """;

  /** Whose turn has moved since it was read is being served, or was. */
  static final String TAKE_TURN =
      "select 1 from job_owners where owner_id = ? and turn = ? for update skip locked";

  static final String FIRST_OF_OWNER =
      """
      select id, owner_id from jobs
      where state = 'queued' and owner_id = ? and not_before <= ? and kind = any(?)
      order by owner_id, not_before, sequence limit 1 for update skip locked
      """;

  private final Sql sql;

  JobTurns(Sql sql) {
    this.sql = sql;
  }

  private record Waiting(UUID owner, long turn) {}

  private record Candidate(UUID job, UUID owner) {}

  Optional<Lease> claim(String worker, Set<JobKind> kinds, Duration leaseFor, Instant now) {
    if (kinds.isEmpty()) {
      return Optional.empty();
    }
    String[] names = names(kinds);
    return sql.inTransaction(() ->
        candidate(EXPIRED, now, names)
            .or(() -> nextInTurn(now, names))
            .map(candidate -> lease(candidate, worker, now.plus(leaseFor))));
  }

  private static String[] names(Set<JobKind> kinds) {
    return kinds.stream().map(kind -> kind.name().toLowerCase(Locale.ROOT)).toArray(String[]::new);
  }

  private Optional<Candidate> nextInTurn(Instant now, String[] kinds) {
    List<Waiting> waiting =
        sql.list(
            OWNERS_IN_TURN,
            row -> new Waiting(row.uuid("owner_id"), row.number("turn")),
            now,
            kinds);
    return first(waiting.stream().filter(this::isFree), now, kinds)
        .or(() -> first(waiting.stream(), now, kinds)); // all are being served: one more of theirs
  }

  private boolean isFree(Waiting owner) {
    return sql.exists(TAKE_TURN, owner.owner(), owner.turn());
  }

  private Optional<Candidate> first(Stream<Waiting> owners, Instant now, String[] kinds) {
    return owners
        .flatMap(waiting -> candidate(FIRST_OF_OWNER, waiting.owner(), now, kinds).stream())
        .findFirst();
  }

  private Optional<Candidate> candidate(String statement, @Nullable Object... parameters) {
    return sql.find(
        statement, row -> new Candidate(row.uuid("id"), row.uuid("owner_id")), parameters);
  }

  private Lease lease(Candidate candidate, String worker, Instant expiresAt) {
    toTheEnd(candidate.owner());
    return sql.one(
        """
        update jobs set state = 'running', attempt = attempt + 1, worker = ?, lease_token = ?,
          lease_expires_at = ?
        where id = ? returning *
        """,
        JobRow::lease,
        worker,
        UUID.randomUUID(),
        expiresAt,
        candidate.job());
  }

  void toTheEnd(UUID owner) {
    sql.update("update job_owners set turn = nextval('job_turns') where owner_id = ?", owner);
  }

  boolean othersWait(Lease lease, Instant now) {
    UUID owner = lease.job().owner().value();
    String[] kind = names(EnumSet.of(lease.job().kind()));
    return sql.exists(OTHERS_WAIT, owner, now, kind, now, owner, kind);
  }
}
