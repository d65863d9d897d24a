package io.parley.adapter.persistence;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.VersionRef;
import io.parley.domain.job.Job;
import io.parley.domain.job.JobKind;
import io.parley.domain.job.Lease;
import io.parley.domain.job.LeaseLostException;
import io.parley.domain.port.persistence.JobQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The queue. A claim first takes up a lease that has expired; else it asks whose turn it is among
 * the owners that wait, by walking the index from owner to owner, and takes the first job of the
 * first of them that nobody else is just serving, so that claims at the same time go to different
 * owners. Its cost follows the owners that wait, not their jobs.
 */
final class PostgresJobQueue implements JobQueue {

  static final String EXPIRED =
      """
      select id, owner_id from jobs
      where state = 'running' and lease_expires_at <= ? and kind = any(?)
      order by lease_expires_at limit 1 for update skip locked
      """;

  static final String OWNERS_IN_TURN =
      """
      with recursive waiting (owner_id) as (
        (select owner_id from jobs where state = 'queued' order by owner_id limit 1)
        union all
        select (select j.owner_id from jobs j where j.state = 'queued' and j.owner_id > w.owner_id
            order by j.owner_id limit 1)
        from waiting w where w.owner_id is not null)
      select w.owner_id, o.turn from waiting w join job_owners o on o.owner_id = w.owner_id
      where exists (select from jobs j where j.owner_id = w.owner_id and j.state = 'queued'
        and j.not_before <= ? and j.kind = any(?))
      order by o.turn limit 200
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

  private static final String HELD = " where id = ? and lease_token = ? and state = 'running'";

  private final Sql sql;

  PostgresJobQueue(Sql sql) {
    this.sql = sql;
  }

  private record Waiting(UUID owner, long turn) {}

  private record Candidate(UUID job, UUID owner) {}

  @Override
  public void add(Job job, Instant notBefore) {
    sql.inTransaction(() -> {
      sql.update(
          "insert into job_owners (owner_id, tenant_id) values (?, ?) on conflict do nothing",
          job.owner().value(),
          job.tenant().value());
      return sql.update(
          """
          insert into jobs (id, kind, tenant_id, owner_id, bot_id, source_id, version, erasure_id,
            state, not_before)
          values (?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?)
          """,
          JobRow.parameters(job, notBefore));
    });
  }

  @Override
  public Optional<Lease> claim(String worker, Set<JobKind> kinds, Duration leaseFor, Instant now) {
    if (kinds.isEmpty()) {
      return Optional.empty();
    }
    String[] names =
        kinds.stream().map(kind -> kind.name().toLowerCase(Locale.ROOT)).toArray(String[]::new);
    return sql.inTransaction(() ->
        candidate(EXPIRED, now, names)
            .or(() -> nextInTurn(now, names))
            .map(candidate -> lease(candidate, worker, now.plus(leaseFor))));
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
    sql.update(
        "update job_owners set turn = nextval('job_turns') where owner_id = ?", candidate.owner());
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

  @Override
  public boolean renew(Lease lease, Duration leaseFor, Instant now) {
    return held(lease, "update jobs set lease_expires_at = ?" + HELD, now.plus(leaseFor));
  }

  @Override
  public void fence(Lease lease) {
    boolean ours =
        sql.exists(
            "select 1 from jobs" + HELD + " for update", lease.job().id().value(), lease.token());
    if (!ours) {
      throw new LeaseLostException(lease.job().id());
    }
  }

  @Override
  public boolean complete(Lease lease, Instant now) {
    return held(lease, "delete from jobs" + HELD);
  }

  @Override
  public boolean retryLater(Lease lease, Instant notBefore, String error) {
    return held(
        lease,
        "update jobs set state = 'queued', not_before = ?, error = ?, worker = null,"
            + " lease_token = null, lease_expires_at = null"
            + HELD,
        notBefore,
        error);
  }

  @Override
  public boolean handBack(Lease lease, Instant now) {
    return held(
        lease,
        "update jobs set state = 'queued', not_before = ?, attempt = attempt - 1, worker = null,"
            + " lease_token = null, lease_expires_at = null"
            + HELD,
        now);
  }

  @Override
  public boolean fail(Lease lease, String error, Instant now) {
    return held(
        lease,
        "update jobs set state = 'failed', error = ?, ended_at = ?, lease_token = null,"
            + " lease_expires_at = null"
            + HELD,
        error,
        now);
  }

  private boolean held(Lease lease, String statement, @Nullable Object... values) {
    @Nullable Object[] all = new @Nullable Object[values.length + 2];
    System.arraycopy(values, 0, all, 0, values.length);
    all[values.length] = lease.job().id().value();
    all[values.length + 1] = lease.token();
    return sql.update(statement, all) == 1;
  }

  @Override
  public boolean cancel(BotScope scope, VersionRef ref) {
    scope.require(Permission.WRITE);
    return sql.update(
            """
            update jobs set state = 'cancelled', ended_at = now(), lease_token = null,
              lease_expires_at = null
            where source_id = ? and version = ? and tenant_id = ? and bot_id = ?
              and state in ('queued', 'running')
            """,
            ref.source().value(),
            ref.version(),
            scope.tenant().value(),
            scope.bot().value())
        > 0;
  }

  @Override
  public long depth() {
    return sql.count("select count(*) from jobs where state in ('queued', 'running')");
  }
}
