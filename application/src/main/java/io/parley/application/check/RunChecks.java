package io.parley.application.check;

import io.parley.domain.port.PortFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs checks one after another, each on a thread of its own, so that a backend that hangs is a
 * failure like any other. Whoever interrupts the caller ends the run: what was made is taken away
 * first.
 */
public final class RunChecks {
  private static final Logger LOG = LoggerFactory.getLogger(RunChecks.class);
  private static final Duration CLEANING = Duration.ofMinutes(2);
  private static final Duration ENDING = Duration.ofSeconds(20);

  private final Onlooker onlooker;

  /** Told what is being tried. */
  @FunctionalInterface
  public interface Onlooker {

    /**
     * Called before each check.
     *
     * @param share of all checks that are done, 0–1
     */
    void look(double share, Subject subject, Check check);
  }

  public RunChecks(Onlooker onlooker) {
    this.onlooker = onlooker;
  }

  /** Runs all. An exception of the onlooker ends the run as an interruption does, and is thrown. */
  public CheckReport run(List<Probe> probes) {
    Run run = new Run(probes.stream().mapToInt(probe -> probe.checks().size()).sum());
    for (Probe probe : probes) {
      if (!run.stopped) {
        run.on(probe);
      }
    }
    return new CheckReport(run.results, run.left, run.stopped);
  }

  private final class Run {
    private final List<CheckResult> results = new ArrayList<>();
    private final List<String> left = new ArrayList<>();
    private final int all;
    private int done;
    private boolean stopped;

    Run(int all) {
      this.all = all;
    }

    void on(Probe probe) {
      try {
        tryAll(probe);
      } catch (InterruptedException e) {
        stopped = true;
      } finally {
        cleanUp(probe);
      }
    }

    private void tryAll(Probe probe) throws InterruptedException {
      String missing = null;
      for (Check check : probe.checks()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        onlooker.look((double) done / Math.max(1, all), probe.subject(), check);
        long begun = System.nanoTime();
        Verdict verdict =
            missing == null
                ? verdict(probe.subject(), check)
                : Verdict.skipped("It needs \"" + missing + "\".");
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        results.add(new CheckResult(probe.subject().name(), check.name(), verdict, took));
        done++;
        if (check.needed() && missing == null && !(verdict instanceof Verdict.Passed)) {
          missing = check.name();
        }
      }
    }

    private void cleanUp(Probe probe) {
      boolean interrupted = Thread.interrupted(); // a second signal must not keep things there
      try {
        left.addAll(within(CLEANING, probe::cleanUp));
      } catch (ExecutionException | TimeoutException e) {
        left.add("what was made in " + probe.subject().name() + " (it could not be taken away)");
      } catch (InterruptedException e) {
        stopped = true;
        left.add("what was made in " + probe.subject().name() + " (it was stopped)");
      }
      stopped = stopped || interrupted;
    }
  }

  private static Verdict verdict(Subject subject, Check check) throws InterruptedException {
    try {
      return within(check.limit(), check.trial()::run);
    } catch (TimeoutException e) {
      return new Verdict.Failed(
          "It did not end within " + check.limit().toSeconds() + " seconds.", subject.remedy());
    } catch (ExecutionException e) {
      return failed(subject, Objects.requireNonNullElse(e.getCause(), e));
    }
  }

  private static Verdict failed(Subject subject, Throwable thrown) {
    return switch (thrown) {
      case CheckFailed failed ->
          new Verdict.Failed(
              failed.sentence(), failed.remedy() == null ? subject.remedy() : failed.remedy());
      case PortFailure failure -> new Verdict.Failed(failure.sentence(), subject.remedy());
      default -> {
        LOG.debug("A check failed in an unexpected way", thrown);
        yield new Verdict.Failed(
            "It failed in an unexpected way (" + thrown.getClass().getSimpleName() + ").",
            subject.remedy());
      }
    };
  }

  private static <T> T within(Duration limit, Callable<T> work)
      throws InterruptedException, ExecutionException, TimeoutException {
    FutureTask<T> task = new FutureTask<>(work);
    Thread working = Thread.ofPlatform().daemon().name("parley-check").start(task);
    try {
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | InterruptedException e) {
      working.interrupt();
      awaitEnd(working);
      throw e;
    }
  }

  /** What it is about to open or to close must not be cleaned up beside it. */
  private static void awaitEnd(Thread working) {
    boolean interrupted = false;
    long deadline = System.nanoTime() + ENDING.toNanos();
    for (boolean ended = false; !ended && System.nanoTime() < deadline; ) {
      try {
        ended = working.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
