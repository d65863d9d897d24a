package io.parley.application.document;

import io.parley.application.background.BackgroundLoop;
import io.parley.application.background.WorkSignal;
import io.parley.domain.job.JobKind;
import io.parley.domain.job.Lease;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.JobQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The loops of this process that take jobs and do them, and the heartbeat that keeps their leases.
 */
final class JobWorkers implements AutoCloseable {
  private static final Duration LEASE = Duration.ofSeconds(20);
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private final JobQueue queue;
  private final RunJob runJob;
  private final InstantSource clock;
  private final String name;
  private final Set<Lease> running = ConcurrentHashMap.newKeySet();
  private final Map<Lease, RuntimeException> unreturned = new ConcurrentHashMap<>();
  private final AtomicReference<Instant> lastBeat;
  private final List<BackgroundLoop> loops = new ArrayList<>();

  /**
   * @param ingesting loops that take documents in; one more erases
   */
  JobWorkers(
      JobQueue queue,
      RunJob runJob,
      WorkSignal signal,
      InstantSource clock,
      String name,
      int ingesting) {
    this.queue = queue;
    this.runJob = runJob;
    this.clock = clock;
    this.name = name;
    this.lastBeat = new AtomicReference<>(clock.instant());
    for (int i = 0; i < ingesting; i++) {
      loops.add(worker("ingest-" + i, EnumSet.of(JobKind.INGEST), signal));
    }
    loops.add(
        worker(
            "erase",
            EnumSet.of(JobKind.ERASE_SOURCE, JobKind.ERASE_BOT, JobKind.ERASE_ACCOUNT),
            signal));
    loops.add(new BackgroundLoop("heartbeat", new WorkSignal(), this::beat));
  }

  private BackgroundLoop worker(String role, Set<JobKind> kinds, WorkSignal signal) {
    String worker = name + "/" + role;
    return new BackgroundLoop(role, signal, () -> runNext(worker, kinds));
  }

  void start() {
    loops.forEach(BackgroundLoop::start);
  }

  private boolean runNext(String worker, Set<JobKind> kinds) {
    Optional<Lease> lease = queue.claim(worker, kinds, LEASE, clock.instant());
    lease.ifPresent(this::run);
    return lease.isPresent();
  }

  private void run(Lease lease) {
    running.add(lease);
    try {
      runJob.run(lease);
    } catch (RuntimeException e) { // the queue itself is away
      unreturned.put(lease, e);
      throw e;
    } finally {
      running.remove(lease);
    }
  }

  private boolean beat() {
    if (!clock.instant().isBefore(lastBeat.get().plus(HEARTBEAT))) {
      running.forEach(lease -> queue.renew(lease, LEASE, clock.instant()));
      lastBeat.set(clock.instant());
    }
    giveBack();
    return false;
  }

  /** Else nobody would go on with it before the lease expires. */
  private void giveBack() {
    unreturned.forEach((lease, failure) -> {
      runJob.giveBack(lease, failure);
      unreturned.remove(lease);
    });
  }

  /** Ends the workers between two batches of their work, and hands their leases back. */
  @Override
  public void close() {
    runJob.stop();
    BackgroundLoop.closeTogether(loops);
    try {
      giveBack();
    } catch (PortFailure e) {
      // Without a database nobody else gets the work before the leases expire.
    }
  }
}
