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
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The queue. Whose turn it is, is told by {@link JobTurns}. */
final class PostgresJobQueue implements JobQueue {

  static final String DEPTH =
      "select coalesce(sum(waiting), 0) as count from job_owners where waiting > 0";

  private static final String HELD = " where id = ? and lease_token = ? and state = 'running'";

  private final Sql sql;
  private final JobTurns turns;

  PostgresJobQueue(Sql sql) {
    this.sql = sql;
    this.turns = new JobTurns(sql);
  }

  @Override
  public void add(Job job, Instant notBefore) {
    sql.inTransaction(() -> {
      sql.update(
          """
          insert into job_owners (owner_id, tenant_id) values (?, ?) on conflict do nothing
          """,
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
    return turns.claim(worker, kinds, leaseFor, now);
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
  public boolean othersWait(Lease lease, Instant now) {
    return turns.othersWait(lease, now);
  }

  @Override
  public boolean giveWay(Lease lease, Instant now) {
    return sql.inTransaction(() -> {
      boolean given =
          held(
              lease,
              "update jobs set state = 'queued', attempt = attempt - 1, worker = null,"
                  + " lease_token = null, lease_expires_at = null"
                  + HELD);
      if (given) {
        turns.toTheEnd(lease.job().owner().value());
      }
      return given;
    });
  }

  @Override
  public boolean forgetAttempts(Lease lease) {
    return held(lease, "update jobs set attempt = 1" + HELD);
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
  public long depth(BotScope scope) {
    scope.require(Permission.WRITE);
    return sql.find(
            "select waiting from job_owners where owner_id = ? and tenant_id = ?",
            row -> row.number("waiting"),
            scope.owner().value(),
            scope.tenant().value())
        .orElse(0L);
  }

  @Override
  public long depth() {
    return sql.count(DEPTH);
  }
}
