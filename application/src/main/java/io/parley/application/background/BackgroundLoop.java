package io.parley.application.background;

import io.parley.domain.port.PortFailure;
import java.time.Duration;
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
  private static final Duration CLOSING = Duration.ofSeconds(20);

  private final Work work;
  private final Semaphore signal;
  private final Thread thread;
  private boolean failing;
  private volatile boolean closed;

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

  /** Lets the work that is being done end; interrupts it when that takes too long. */
  @Override
  public void close() {
    closed = true;
    signal.release();
    try {
      if (thread.getState() != Thread.State.NEW && !thread.join(CLOSING)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
