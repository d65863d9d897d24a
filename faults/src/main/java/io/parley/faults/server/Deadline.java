package io.parley.faults.server;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Until when something is waited for: a run that waits for ever tells nobody what is wrong. */
final class Deadline {
  /** Longer than anything takes on any machine. */
  static final Duration LONG = Duration.ofMinutes(5);

  private final long end;

  private Deadline(Duration from) {
    this.end = System.nanoTime() + from.toNanos();
  }

  static Deadline in(Duration time) {
    return new Deadline(time);
  }

  /** So long from now as nothing takes. */
  static Deadline far() {
    return in(LONG);
  }

  /**
   * Waits a moment before one looks again.
   *
   * @param missing what has not come, for the exception when it is too late
   */
  void pause(long millis, String missing) throws IOException, InterruptedException {
    if (System.nanoTime() > end) {
      throw new IOException("Waited too long: " + missing);
    }
    Thread.sleep(millis);
  }

  /** Waits until all of them have ended. */
  static void join(List<Thread> threads) throws IOException, InterruptedException {
    for (Thread thread : threads) {
      if (!thread.join(LONG)) {
        throw new IOException("Waited too long: " + thread + " does not end");
      }
    }
  }
}
