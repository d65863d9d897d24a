package io.parley.adapter.ai.remote;

import java.time.Duration;

/**
 * A moment that a call must not outlast.
 *
 * @param nanos on {@link System#nanoTime()}
 */
record Deadline(long nanos) {

  static Deadline after(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  boolean passed() {
    return left() <= 0;
  }

  /** Nanoseconds; negative once it has passed. */
  long left() {
    return nanos - System.nanoTime();
  }

  Deadline earlier(Deadline other) {
    return left() < other.left() ? this : other;
  }
}
