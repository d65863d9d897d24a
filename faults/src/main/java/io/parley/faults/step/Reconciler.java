package io.parley.faults.step;

import io.parley.application.reconciliation.Onlooker;
import io.parley.application.reconciliation.ReconcileStores;
import io.parley.application.reconciliation.ReconcileStores.Result;
import io.parley.application.reconciliation.ReconciliationReport;
import io.parley.application.reconciliation.StoreReport;
import io.parley.domain.port.PortFailure;
import io.parley.faults.ledger.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Has the stores reconciled, and requires that there is nothing to put right but the files of
 * uploads that were cut off.
 */
final class Reconciler {
  private static final String BLOBS = "blobs";

  /** Older than any upload that may be under way. */
  private static final Duration OLD = Duration.ofDays(3);

  /** Longer than the turn of a process that was halted while it reconciled. */
  private static final Duration TURN = Duration.ofMinutes(11);

  private final ReconcileStores reconcile;
  private final ShiftedClock clock;
  private final Path blobs;
  private final Ledger ledger;

  Reconciler(ReconcileStores reconcile, ShiftedClock clock, Path blobs, Ledger ledger) {
    this.reconcile = reconcile;
    this.clock = clock;
    this.blobs = blobs;
    this.ledger = ledger;
  }

  /** What an upload leaves that is halted after its bytes and before its row. */
  void plantUnfinishedUpload() throws IOException {
    Path owner = blobs.resolve("documents").resolve(ChildParley.owner().user().toString());
    Path place = Files.createDirectories(owner.resolve(UUID.randomUUID().toString()));
    Files.writeString(place.resolve("lantern.txt"), "cut off");
  }

  /** Three days pass for all files. */
  void age() {
    date(Instant.now().minus(OLD));
  }

  private void date(Instant written) {
    FileTime time = FileTime.from(written);
    try (Stream<Path> all = Files.walk(blobs)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(file, time);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For real, again when a call failed on the way. */
  void reconcile() {
    ReconciliationReport report = run(false);
    requireSound(report.complete() ? report : run(false), true);
  }

  /**
   * To be called when all is quiet: while the files are young there is nothing at all to put right,
   * and when they are old, only what was cut off.
   */
  void examine() {
    date(Instant.now());
    requireSound(run(true), false);
    age();
    ReconciliationReport report = run(false);
    requireSound(report, true);
    if (!report.complete()) {
      ledger.violation("The stores could not be reconciled: " + report.asMap());
    }
    ledger.count("reconciliations");
  }

  private ReconciliationReport run(boolean dryRun) {
    while (true) {
      try {
        switch (reconcile.run(dryRun, Onlooker.NONE)) {
          case Result.Done(ReconciliationReport report) -> {
            return report;
          }
          case Result.Busy _ -> clock.moveOn(TURN);
        }
      } catch (PortFailure e) { // its report could not be kept: whoever is told so asks again
        ledger.count("reconciliations that failed");
      }
    }
  }

  private void requireSound(ReconciliationReport report, boolean filesMayBeLeft) {
    for (StoreReport store : report.stores()) {
      long orphaned = store.orphaned();
      if (filesMayBeLeft && store.store().equals(BLOBS)) {
        orphaned -= store.repaired();
      }
      if (store.missing() + orphaned + store.repeated() + store.wrong() + store.left() > 0) {
        ledger.violation("The reconciler found something: " + store.asMap());
      }
    }
    if (!report.dryRun()) {
      for (long i = report.stores().stream().mapToLong(StoreReport::repaired).sum(); i > 0; i--) {
        ledger.count("files of uploads that were cut off, removed by the reconciler");
      }
    }
  }
}
