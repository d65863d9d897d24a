package io.parley.adapter.persistence;

import com.fasterxml.jackson.core.type.TypeReference;
import io.parley.domain.port.persistence.Reconciliations;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** One row whose holder has the turn, and a report a server. */
final class PostgresReconciliations implements Reconciliations {

  private final Sql sql;

  PostgresReconciliations(Sql sql) {
    this.sql = sql;
  }

  @Override
  public boolean begin(UUID run, Duration leaseFor, Instant now) {
    return sql.update(
            """
            update reconciliation_turn set run = ?, expires_at = ?
            where run is null or run = ? or expires_at <= ?
            """,
            run,
            now.plus(leaseFor),
            run,
            now)
        == 1;
  }

  @Override
  public boolean renew(UUID run, Duration leaseFor, Instant now) {
    return sql.update(
            "update reconciliation_turn set expires_at = ? where run = ?", now.plus(leaseFor), run)
        == 1;
  }

  @Override
  public void end(UUID run) {
    sql.update("update reconciliation_turn set run = null, expires_at = null where run = ?", run);
  }

  @Override
  public void keep(String server, Kept kept) {
    sql.update(
        """
        insert into reconciliations (server, ended_at, report) values (?, ?, ?)
        on conflict (server) do update
        set ended_at = excluded.ended_at, report = excluded.report
        """,
        server,
        kept.endedAt(),
        Json.of(kept.report()));
  }

  @Override
  public Optional<Kept> last(String server) {
    return sql.find(
        "select ended_at, report from reconciliations where server = ?",
        row ->
            new Kept(
                row.instant("ended_at"), Json.read(row.text("report"), new TypeReference<>() {})),
        server);
  }
}
