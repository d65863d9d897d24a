package io.parley.bootstrap.server;

import java.time.Duration;

/** Two things that are done at the same time. */
final class Beside {
  private Beside() {}

  /**
   * Does the second here while a thread does the first, and waits for that too, whatever becomes of
   * the second.
   *
   * @param atMost how long the first may take, counted from the beginning
   */
  static void run(String thread, Runnable first, Duration atMost, Runnable second) {
    long deadline = System.nanoTime() + atMost.toNanos();
    Thread beside = Thread.ofPlatform().daemon().name(thread).start(first);
    try {
      second.run();
    } finally {
      join(beside, deadline);
    }
  }

  private static void join(Thread thread, long deadline) {
    try {
      thread.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
