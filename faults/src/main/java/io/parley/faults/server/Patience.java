package io.parley.faults.server;

import java.time.Duration;

/**
 * How long a server may take.
 *
 * @param refusal until it says that it cannot answer
 * @param back until all is served again after something was away
 * @param stop until it has ended after it was told to
 */
public record Patience(Duration refusal, Duration back, Duration stop) {
  /** What users are promised, on a machine that has nothing else to do. */
  public static final Patience STRICT =
      new Patience(Duration.ofSeconds(15), Duration.ofSeconds(15), Duration.ofSeconds(30));

  /** What is asked of a machine that runs other tests too: that it comes, not when. */
  public static final Patience GENEROUS =
      new Patience(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1));
}
