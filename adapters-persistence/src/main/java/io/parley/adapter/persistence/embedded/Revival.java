package io.parley.adapter.persistence.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks twice a second whether a server has ended that nobody told to, and starts it again, as
 * often as it takes: a full disk may keep it from coming up for long.
 */
final class Revival implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Revival.class);
  private static final long LOOK_MILLIS = 500;
  private static final Duration CLOSING = Duration.ofSeconds(2);
  private static final Duration INTERRUPTED = Duration.ofSeconds(1);

  private final Step isGone;
  private final Step comeBack;
  private final Semaphore closed = new Semaphore(0);
  private final Thread thread =
      Thread.ofPlatform().daemon().name("parley-database-watch").unstarted(this::watch);

  /** Asks or does something, and says whether it is so. */
  @FunctionalInterface
  interface Step {
    boolean take() throws IOException;
  }

  Revival(Step isGone, Step comeBack) {
    this.isGone = isGone;
    this.comeBack = comeBack;
  }

  void start() {
    thread.start();
  }

  private void watch() {
    boolean reported = false;
    while (!isClosed()) {
      try {
        boolean gone = isGone.take();
        if (gone && !reported) {
          LOG.warn("The embedded database has ended. It is started again.");
        }
        reported = gone && !isBack();
      } catch (IOException | RuntimeException e) { // a watch that ends leaves it down for ever
        if (!reported) {
          LOG.warn("The embedded database cannot be started for now: {}", e.getMessage());
        }
        reported = true;
      }
    }
  }

  private boolean isBack() throws IOException {
    boolean back = comeBack.take();
    if (back) {
      LOG.info("The embedded database is back.");
    }
    return back;
  }

  private boolean isClosed() {
    try {
      return closed.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  /** From now on what ends stays so. A start that is under way is interrupted after 2 seconds. */
  @Override
  public void close() {
    closed.release();
    try {
      if (thread.getState() != Thread.State.NEW && !thread.join(CLOSING)) {
        thread.interrupt();
        thread.join(INTERRUPTED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
