package io.parley.bootstrap.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A signal interrupts the thread that made this, which then cleans up and ends the program by
 * itself.
 */
final class Stopping implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread working = Thread.currentThread();

  private Stopping() {}

  static Stopping begin() {
    Stopping stopping = new Stopping();
    StopSignals.handle(Thread.ofPlatform().name("parley-stop").daemon().unstarted(stopping::stop));
    return stopping;
  }

  /** Waits, because where signals cannot be handled this runs while the JVM ends. */
  private void stop() {
    working.interrupt();
    try {
      boolean _ = ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended.countDown();
  }
}
