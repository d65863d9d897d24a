package io.parley.adapter.ai.remote;

import java.time.Duration;

/** Limits as the contracts want them. */
public final class TestLimits {
  private TestLimits() {}

  public static CallLimits of(Duration silence) {
    return new CallLimits(
        Duration.ofSeconds(5), silence, silence, silence.multipliedBy(5), 2, Duration.ofSeconds(2));
  }
}
