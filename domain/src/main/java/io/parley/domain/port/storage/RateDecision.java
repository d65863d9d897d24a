package io.parley.domain.port.storage;

import java.time.Duration;

/** What a {@link RateLimiter} says. */
public sealed interface RateDecision {

  /** How long until the bucket is full again, if nothing more is taken. */
  Duration untilFull();

  /**
   * A token was taken.
   *
   * @param remaining whole tokens that are left, 0 or more
   */
  record Admitted(long remaining, Duration untilFull) implements RateDecision {}

  /**
   * There was none, and nothing was taken.
   *
   * @param retryAfter how long until there is one; more than zero
   */
  record Refused(Duration retryAfter, Duration untilFull) implements RateDecision {}
}
