package io.parley.application.document;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How fast a step has gone since a worker took it up, and so how long the rest takes. */
final class Pace {
  private static final int BATCHES = 3;

  private final Instant start;
  private int batches;
  private long done;

  Pace(Instant start) {
    this.start = start;
  }

  /**
   * One more batch is done.
   *
   * @return seconds that are left, rounded up; null until a few batches have shown the rate
   */
  @Nullable Integer remaining(int units, int left, Instant now) {
    batches++;
    done += units;
    long millis = Duration.between(start, now).toMillis();
    if (batches < BATCHES || millis <= 0) {
      return null;
    }
    return (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv(millis * left, done * 1_000));
  }
}
