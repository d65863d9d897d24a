package io.parley.application.background;

import io.parley.domain.port.PortFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that works while there is work, and otherwise waits for a signal or a second. It is a
 * platform thread: work that keeps a core busy would take a carrier away from the virtual threads
 * that answer requests.
 */
public final class BackgroundLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundLoop.class);
  private static final long IDLE_MILLIS = 1000;
  private static final Duration CLOSING = Duration.ofSeconds(10);
  private static final Duration INTERRUPTED = Duration.ofSeconds(3);

  private final Work work;
  private final Semaphore signal;
  private final Thread thread;
  private boolean failing;
  private volatile boolean closed;
  private volatile Instant deadline = Instant.MAX;

  /** Something to do. */
  @FunctionalInterface
  public interface Work {
    /** Does some; false when there was nothing to do. */
    boolean doSome();
  }

  public BackgroundLoop(String name, WorkSignal signal, Work work) {
    this.work = work;
    this.signal = signal.listen();
    this.thread = Thread.ofPlatform().daemon().name("parley-" + name).unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  private void run() {
    while (!closed) {
      try {
        if (!doSome() && signal.tryAcquire(IDLE_MILLIS, TimeUnit.MILLISECONDS)) {
          signal.drainPermits();
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private boolean doSome() {
    try {
      boolean some = work.doSome();
      failing = false;
      return some;
    } catch (RuntimeException | Error e) { // a loop that dies leaves its work undone for ever
      report(e);
      return false;
    }
  }

  /** Says the first failure of a row only: what is down is asked every second. */
  private void report(Throwable failure) {
    if (closed || failing) {
      return;
    }
    failing = true;
    if (failure instanceof PortFailure port) {
      LOG.warn("{} waits: {}: {}", thread.getName(), port.backend(), port.sentence());
    } else {
      LOG.error("{} waits", thread.getName(), failure);
    }
  }

  /**
   * Lets the work that is being done end; interrupts it when that takes too long, and gives it a
   * little more time then.
   */
  @Override
  public void close() {
    closeTogether(List.of(this));
  }

  /**
   * Closes several at once: together they take as long as one. Those that were closed before get no
   * time again. Whoever is interrupted meanwhile waits no longer, but interrupts them all.
   */
  public static void closeTogether(List<BackgroundLoop> loops) {
    loops.forEach(BackgroundLoop::end);
    try {
      for (BackgroundLoop loop : loops) {
        if (!loop.hasEnded(loop.deadline)) {
          loop.thread.interrupt();
        }
      }
      for (BackgroundLoop loop : loops) {
        loop.hasEnded(loop.deadline.plus(INTERRUPTED));
      }
    } catch (InterruptedException e) {
      loops.forEach(loop -> loop.thread.interrupt());
      Thread.currentThread().interrupt();
    }
  }

  private void end() {
    if (!closed) {
      deadline = Instant.now().plus(CLOSING);
    }
    closed = true;
    signal.release();
  }

  private boolean hasEnded(Instant deadline) throws InterruptedException {
    Duration left = Duration.between(Instant.now(), deadline);
    return thread.getState() == Thread.State.NEW
        || thread.join(left.isPositive() ? left : Duration.ofMillis(1));
  }
}
