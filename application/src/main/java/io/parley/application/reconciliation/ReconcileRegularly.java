package io.parley.application.reconciliation;

import io.parley.application.background.BackgroundLoop;
import io.parley.application.background.WorkSignal;
import io.parley.application.reconciliation.ReconcileStores.Result;
import io.parley.domain.port.persistence.Reconciliations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Reconciles by itself, so long after the last time, also when the server was restarted in between;
 * some minutes after the start at the earliest. Servers that share a database do so one after
 * another.
 */
public final class ReconcileRegularly implements AutoCloseable {
  private static final Duration AFTER_START = Duration.ofMinutes(5);
  private static final Duration WHILE_BUSY = Duration.ofMinutes(1);

  /** Of the pause, so that servers that were started together do not stay together. */
  private static final double JITTER = 0.1;

  private final ReconcileStores reconcile;
  private final Reconciliations turns;
  private final String server;
  private final Duration every;
  private final InstantSource clock;
  private final BackgroundLoop loop;
  private final Instant startedAt;
  private @Nullable Instant next;
  private volatile boolean stopping;

  /**
   * @param every zero for never
   */
  public ReconcileRegularly(
      ReconcileStores reconcile,
      Reconciliations turns,
      String server,
      Duration every,
      InstantSource clock) {
    this.reconcile = reconcile;
    this.turns = turns;
    this.server = server;
    this.every = every;
    this.clock = clock;
    this.startedAt = clock.instant();
    this.loop = new BackgroundLoop("reconcile", new WorkSignal(), this::doSome);
  }

  public void start() {
    if (every.isPositive()) {
      loop.start();
    }
  }

  /** Always false: there is never more to do at once. */
  boolean doSome() {
    Instant now = clock.instant();
    Instant due = next;
    if (due == null) {
      due = first();
      next = due;
    }
    if (!now.isBefore(due)) {
      next = now.plus(WHILE_BUSY); // also when this fails
      run();
    }
    return false;
  }

  private Instant first() {
    Instant soonest = startedAt.plus(AFTER_START).plus(jitter(AFTER_START));
    return turns
        .last(server)
        .map(last -> last.endedAt().plus(every).plus(jitter(every)))
        .filter(soonest::isBefore)
        .orElse(soonest);
  }

  private void run() {
    try {
      switch (reconcile.run(false, (store, lookedAt) -> requireGoingOn())) {
        case Result.Done(ReconciliationReport report) ->
            next = report.endedAt().plus(every).plus(jitter(every));
        case Result.Busy() -> {}
      }
    } catch (ReconciliationStopped e) {
      // The server stops, or another one goes on.
    }
  }

  private void requireGoingOn() {
    if (stopping) {
      throw new ReconciliationStopped("The server stops.");
    }
  }

  private static Duration jitter(Duration of) {
    long most = Math.max(1, (long) (of.toMillis() * JITTER));
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most));
  }

  @Override
  public void close() {
    stopping = true;
    loop.close();
  }
}
