package io.parley.faults.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.faults.RunReport;
import io.parley.faults.check.PlantedDamage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Work that nobody does, and leases that a server keeps, are planted in real rows. */
class PlantedWorkIT extends PlantedDamage {
  private static final Duration SOON = Duration.ofMillis(50);

  private final UUID job = UUID.randomUUID();
  private final RunReport report = new RunReport("planted");

  private void plantJob(String state, String when) throws SQLException {
    sql(
        "insert into jobs (id, kind, tenant_id, owner_id, bot_id, state, not_before) select '"
            + job
            + "', 'ingest', tenant_id, owner_id, id, '"
            + state
            + "', now() + interval '"
            + when
            + "' from bots limit 1");
  }

  @Test
  void workThatIsDoneIsFine() throws Exception {
    try (Connection database = stores.connect()) {
      Progress progress = new Progress(database, report);
      long there = SharedServers.number(database, "select count(*) from source_versions");
      EndOfWork.await(database, 0, report, "nothing", SOON);
      new StopDemands(report, SOON).leases(database);
      progress.awaitAll(there, SOON);
      progress.awaitDone(List.of(job.toString()), SOON);
      progress.requireComplete(there);
    }
    assertThat(report.violations()).isZero();
  }

  @Test
  void workThatDoesNotEndIsNoticed() throws Exception {
    plantJob("running", "0");
    try (Connection database = stores.connect()) {
      EndOfWork.await(database, 0, report, "a planted job", SOON);
    }
    assertThat(report.found()).containsExactly("work does not end");
  }

  @Test
  void aFollowerThatStaysBehindIsNoticed() throws Exception {
    sql("update followers set position = 0, entry_id = null");
    try (Connection database = stores.connect()) {
      EndOfWork.await(database, 2, report, "a planted position", SOON);
    }
    assertThat(report.found()).containsExactly("work does not end");
  }

  @Test
  void aLeaseThatAStoppedServerKeptIsNoticed() throws Exception {
    plantJob("running", "0");
    try (Connection database = stores.connect()) {
      new StopDemands(report, SOON).leases(database);
    }
    assertThat(report.found()).containsExactly("a stopped server kept a lease");
  }

  @Test
  void workThatIsHandedBackForLaterIsNoticed() throws Exception {
    plantJob("queued", "1 hour");
    try (Connection database = stores.connect()) {
      new StopDemands(report, SOON).leases(database);
    }
    assertThat(report.found()).containsExactly("handed back, but not for now");
  }

  @Test
  void workThatNobodyTakesOverIsNoticed() throws Exception {
    plantJob("running", "0");
    try (Connection database = stores.connect()) {
      new Progress(database, report).awaitDone(List.of(job.toString()), SOON);
    }
    assertThat(report.found()).containsExactly("nobody took the work over");
  }

  @Test
  void aStandstillAndDocumentsThatAreNotCompleteAreNoticed() throws Exception {
    try (Connection database = stores.connect()) {
      Progress progress = new Progress(database, report);
      progress.awaitAll(1_000, SOON);
      progress.requireComplete(1_000);
    }
    assertThat(report.found())
        .containsExactlyInAnyOrder(
            "nothing became complete for long", "not as many complete documents as were uploaded");
  }
}
