package io.parley.application.document;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.job.Job;
import io.parley.domain.job.Lease;
import io.parley.domain.job.LeaseLostException;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.IngestionRepository;
import io.parley.domain.port.persistence.JobQueue;
import io.parley.domain.port.persistence.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one job under its lease and says what became of it. */
final class RunJob {
  private static final Logger LOG = LoggerFactory.getLogger(RunJob.class);
  private static final int MOST_ATTEMPTS = 8;
  private static final String UNEXPECTED =
      "Something unexpected went wrong. Try again; if it happens again, tell the operator.";
  private static final long NOT_YET_MILLIS = 200;
  private static final long NOT_YET_MILLIS_AT_MOST = 10_000;

  private final JobQueue queue;
  private final IngestionRepository ingestion;
  private final Transactions transactions;
  private final IngestVersion ingestVersion;
  private final CarryOutErasure erasure;
  private final InstantSource clock;
  private final Outages outages = new Outages();
  private volatile boolean stopping;

  RunJob(
      JobQueue queue,
      IngestionRepository ingestion,
      Transactions transactions,
      IngestVersion ingestVersion,
      CarryOutErasure erasure,
      InstantSource clock) {
    this.queue = queue;
    this.ingestion = ingestion;
    this.transactions = transactions;
    this.ingestVersion = ingestVersion;
    this.erasure = erasure;
    this.clock = clock;
  }

  void run(Lease lease) {
    Turn turn = new Turn(lease, queue, transactions, clock, () -> stopping);
    try {
      if (lease.attempt() > MOST_ATTEMPTS && mayEnd(lease)) {
        giveUp(lease, "This could not be done in " + MOST_ATTEMPTS + " attempts. Try again later.");
      } else {
        Optional<String> waiting = work(turn);
        if (waiting.isEmpty()) {
          queue.complete(lease, clock.instant());
          outages.over(lease.job().id());
        } else {
          queue.retryLater(lease, clock.instant().plus(notYet(lease)), waiting.get());
        }
      }
    } catch (LeaseLostException e) {
      LOG.info("job {} was taken over or cancelled", lease.job().id());
    } catch (Turn.Stopped e) {
      handBack(lease);
    } catch (Turn.GaveWay e) {
      putBack(lease, () -> queue.giveWay(lease, clock.instant()));
    } catch (UnusableDocument e) {
      giveUp(lease, e.sentence());
    } catch (PortFailure e) {
      failed(turn, e);
    } catch (RuntimeException e) {
      if (stopping) {
        handBack(lease);
        return;
      }
      LOG.error("job {} failed unexpectedly", lease.job().id(), e);
      comeBack(turn, UNEXPECTED, Duration.ZERO);
    }
  }

  /** From now on running work ends at its next checkpoint and is handed back. */
  void stop() {
    stopping = true;
    erasure.stop();
  }

  /** Puts back what {@link #run} could not, because the queue itself failed. */
  void giveBack(Lease lease, RuntimeException failure) {
    if (stopping) {
      handBack(lease);
      return;
    }
    String sentence = failure instanceof PortFailure port ? port.sentence() : UNEXPECTED;
    Instant later = clock.instant().plus(backOff(lease.attempt()));
    putBack(lease, () -> queue.retryLater(lease, later, sentence));
  }

  /** Empty when it is done; else what it waits for. */
  private Optional<String> work(Turn turn) {
    Lease lease = turn.lease();
    Job job = lease.job();
    return switch (job.kind()) {
      case INGEST -> {
        ingestVersion.run(turn, scope(job), version(job));
        yield Optional.empty();
      }
      case ERASE_SOURCE, ERASE_BOT, ERASE_ACCOUNT -> erasure.run(lease);
    };
  }

  private static BotScope scope(Job job) {
    return CarryOutErasure.scope(job, Objects.requireNonNull(job.bot()));
  }

  private static SourceId source(Job job) {
    return Objects.requireNonNull(job.source());
  }

  private static VersionRef version(Job job) {
    return new VersionRef(source(job), Objects.requireNonNull(job.version()));
  }

  private static Duration notYet(Lease lease) {
    int doublings = Math.clamp(lease.attempt() - 1, 0, 10);
    return Duration.ofMillis(Math.min(NOT_YET_MILLIS_AT_MOST, NOT_YET_MILLIS << doublings));
  }

  /** Also of work that was interrupted because it would not end. */
  private void handBack(Lease lease) {
    boolean interrupted = Thread.interrupted();
    try {
      putBack(lease, () -> queue.handBack(lease, clock.instant()));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void failed(Turn turn, PortFailure failure) {
    Lease lease = turn.lease();
    if (stopping) {
      handBack(lease);
      return;
    }
    LOG.warn(
        "job {} attempt {}: {} {}: {}",
        lease.job().id(),
        turn.attempt(),
        failure.backend(),
        failure.kind(),
        failure.sentence());
    Duration atLeast = failure.retryAfter().orElse(Duration.ZERO);
    if (mayEnd(lease) && isOutage(failure) && turn.attempt() >= MOST_ATTEMPTS - 1) {
      waitOut(turn, failure.sentence(), atLeast);
    } else if (failure.retryable() || !mayEnd(lease)) {
      comeBack(turn, failure.sentence(), atLeast);
    } else {
      giveUp(lease, failure.sentence());
    }
  }

  /** An erasure was promised: it comes back until it is done, also while the indexes lag. */
  private static boolean mayEnd(Lease lease) {
    return switch (lease.job().kind()) {
      case INGEST -> true;
      case ERASE_SOURCE, ERASE_BOT, ERASE_ACCOUNT -> false;
    };
  }

  private void comeBack(Turn turn, String sentence, Duration atLeast) {
    Lease lease = turn.lease();
    if (turn.attempt() >= MOST_ATTEMPTS && mayEnd(lease)) {
      giveUp(lease, sentence);
    } else {
      outages.over(lease.job().id());
      Instant later = later(turn, atLeast);
      putBack(lease, () -> queue.retryLater(lease, later, sentence));
    }
  }

  private static boolean isOutage(PortFailure failure) {
    return switch (failure.kind()) {
      case UNAVAILABLE, STORAGE_FULL -> true;
      case TIMEOUT, RATE_LIMITED, CREDENTIALS_REJECTED, INVALID_CONFIGURATION, CORRUPT_DATA ->
          false;
    };
  }

  /**
   * The attempt does not count: what fails otherwise, or kills its worker, still has its last ones.
   */
  private void waitOut(Turn turn, String sentence, Duration atLeast) {
    Lease lease = turn.lease();
    if (outages.mayBeWaitedOut(lease.job().id(), clock.instant())) {
      Instant later = later(turn, atLeast);
      putBack(lease, () -> queue.handBack(lease, later));
    } else {
      giveUp(lease, sentence);
    }
  }

  private Instant later(Turn turn, Duration atLeast) {
    Duration backOff = backOff(turn.attempt());
    return clock.instant().plus(atLeast.compareTo(backOff) > 0 ? atLeast : backOff);
  }

  private static Duration backOff(int attempt) {
    long doublings = 2L * Math.clamp(attempt - 1L, 0, MOST_ATTEMPTS);
    return Duration.ofSeconds(Math.min(300, 1L << doublings));
  }

  private void putBack(Lease lease, BooleanSupplier back) {
    Job job = lease.job();
    transactions.run(() -> {
      if (back.getAsBoolean() && job.version() != null) {
        ingestVersion.pause(scope(job), version(job));
      }
    });
  }

  /** What only waits for the indexes was done: its log entry stands. */
  private void giveUp(Lease lease, String sentence) {
    Job job = lease.job();
    outages.over(job.id());
    transactions.run(() -> {
      if (job.version() != null && ingestVersion.isAnnounced(scope(job), version(job))) {
        queue.complete(lease, clock.instant());
      } else if (queue.fail(lease, sentence, clock.instant()) && job.version() != null) {
        ingestion.fail(scope(job), version(job), sentence, clock.instant());
      }
    });
  }
}
