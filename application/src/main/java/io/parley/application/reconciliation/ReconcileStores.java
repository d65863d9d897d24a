package io.parley.application.reconciliation;

import io.parley.domain.port.IdSource;
import io.parley.domain.port.persistence.Reconciliations;
import io.parley.domain.port.persistence.Reconciliations.Kept;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares every store of this server with the database, removes what belongs to nothing and adds
 * what is missing. It may run beside all other work, be ended anywhere, and run again; of all
 * servers on a database one does so at a time.
 */
public final class ReconcileStores {
  private static final Logger LOG = LoggerFactory.getLogger(ReconcileStores.class);
  private static final Duration LEASE = Duration.ofMinutes(10);
  private static final Duration RENEWED = Duration.ofSeconds(30);

  private final Supplier<List<StoreCheck>> checks;
  private final Reconciliations turns;
  private final String server;
  private final IdSource ids;
  private final InstantSource clock;

  /** What became of a run. */
  public sealed interface Result {
    record Done(ReconciliationReport report) implements Result {}

    /** Another server, or another run of this one, is at it. */
    record Busy() implements Result {}
  }

  /**
   * @param checks those of a run, in their order: rows first, because they decide what the others
   *     should hold
   */
  ReconcileStores(
      Supplier<List<StoreCheck>> checks,
      Reconciliations turns,
      String server,
      IdSource ids,
      InstantSource clock) {
    this.checks = checks;
    this.turns = turns;
    this.server = server;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Runs all checks, and keeps the report unless it is a dry run.
   *
   * @param dryRun only looks
   * @throws ReconciliationStopped when the onlooker has ended it
   */
  public Result run(boolean dryRun, Onlooker onlooker) {
    UUID run = ids.next();
    Instant startedAt = clock.instant();
    if (!turns.begin(run, LEASE, startedAt)) {
      return new Result.Busy();
    }
    try {
      List<StoreReport> stores = look(dryRun, new Renewing(run, onlooker, startedAt));
      ReconciliationReport report =
          new ReconciliationReport(startedAt, clock.instant(), dryRun, stores);
      LOG.info("{}: {}", dryRun ? "compared the stores" : "reconciled", report.summary());
      if (!dryRun) {
        turns.keep(server, new Kept(report.endedAt(), report.asMap()));
      }
      return new Result.Done(report);
    } finally {
      turns.end(run);
    }
  }

  private List<StoreReport> look(boolean dryRun, Onlooker onlooker) {
    List<StoreReport> stores = new ArrayList<>();
    for (StoreCheck check : checks.get()) {
      onlooker.saw(check.store(), 0);
      stores.add(new Findings(check.store(), dryRun, onlooker).of(check));
    }
    return stores;
  }

  /** Keeps the turn while the run goes on. */
  private final class Renewing implements Onlooker {
    private final UUID run;
    private final Onlooker onlooker;
    private Instant renewedAt;

    Renewing(UUID run, Onlooker onlooker, Instant begun) {
      this.run = run;
      this.onlooker = onlooker;
      this.renewedAt = begun;
    }

    @Override
    public void saw(String store, long lookedAt) {
      onlooker.saw(store, lookedAt);
      Instant now = clock.instant();
      if (now.isBefore(renewedAt.plus(RENEWED))) {
        return;
      }
      if (!turns.renew(run, LEASE, now)) {
        throw new ReconciliationStopped("Another server has taken the turn over.");
      }
      renewedAt = now;
    }
  }
}
