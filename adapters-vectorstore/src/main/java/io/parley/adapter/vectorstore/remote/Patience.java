package io.parley.adapter.vectorstore.remote;

import java.time.Duration;

/**
 * How long a store beyond the network is waited for.
 *
 * @param call longest wait for one answer
 * @param attempts how often a call is tried that may succeed later, at least 1
 * @param firstPause before the second attempt, at most; each further one waits up to twice as long
 * @param longestPause also when the store asks for more
 */
public record Patience(Duration call, int attempts, Duration firstPause, Duration longestPause) {

  /** For changes, which nobody waits for. */
  public static final Patience CHANGING =
      new Patience(Duration.ofSeconds(30), 5, Duration.ofMillis(200), Duration.ofSeconds(10));

  /** For searches, which somebody waits for. */
  public static final Patience SEARCHING =
      new Patience(Duration.ofSeconds(5), 3, Duration.ofMillis(50), Duration.ofSeconds(1));

  public Patience {
    if (attempts < 1 || !call.isPositive()) {
      throw new IllegalArgumentException("A call is tried at least once, and for some time.");
    }
  }

  /** The same with another wait for an answer. */
  public Patience within(Duration longest) {
    return new Patience(longest, attempts, firstPause, longestPause);
  }
}
