package io.parley.application.document;

import io.parley.domain.job.Lease;
import io.parley.domain.port.persistence.JobQueue;
import io.parley.domain.port.persistence.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * One worker's turn at a job: what it changes is fenced by its lease, and between two batches it
 * gives way when it has had its slice and another owner waits.
 */
final class Turn {
  private static final int SLICE_CHUNKS = 512;
  private static final Duration SLICE = Duration.ofSeconds(3);

  private final Lease lease;
  private final JobQueue queue;
  private final Transactions transactions;
  private final InstantSource clock;
  private final BooleanSupplier stopping;
  private Instant sliceStart;
  private int sliceChunks;
  private boolean keptSomething;

  Turn(
      Lease lease,
      JobQueue queue,
      Transactions transactions,
      InstantSource clock,
      BooleanSupplier stopping) {
    this.lease = lease;
    this.queue = queue;
    this.transactions = transactions;
    this.clock = clock;
    this.stopping = stopping;
    this.sliceStart = clock.instant();
  }

  Lease lease() {
    return lease;
  }

  /** Attempts without a checkpoint in between, this one too. */
  int attempt() {
    return keptSomething ? 1 : lease.attempt();
  }

  Instant now() {
    return clock.instant();
  }

  /** Changes rows under the lease. */
  void fenced(Runnable change) {
    if (stopping.getAsBoolean()) {
      throw new Stopped();
    }
    transactions.run(() -> {
      queue.fence(lease);
      change.run();
    });
  }

  /** Keeps a product that is not made again: failures before it do not count any more. */
  void keep(Runnable change) {
    fenced(() -> {
      change.run();
      if (attempt() > 1) {
        queue.forgetAttempts(lease);
      }
    });
    keptSomething = true;
  }

  /**
   * Between two batches, when everything that was done is kept.
   *
   * @param chunks done since the last call by a model, which costs the most
   * @throws GaveWay when others wait
   */
  void between(int chunks) {
    sliceChunks += chunks;
    Instant now = clock.instant();
    if (sliceChunks < SLICE_CHUNKS && now.isBefore(sliceStart.plus(SLICE))) {
      return;
    }
    if (queue.othersWait(lease, now)) {
      throw new GaveWay();
    }
    sliceChunks = 0;
    sliceStart = now;
  }

  /** The process is stopping; the work goes on elsewhere, or later. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Another owner is served first; the work goes on after that. */
  static final class GaveWay extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GaveWay() {
      super("Gives way to another owner.", null, false, false);
    }
  }
}
