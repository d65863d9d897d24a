package io.parley.domain.port.storage;

import java.time.Duration;

/**
 * How often something may be done: a bucket that holds so many tokens, and is refilled evenly so
 * that an empty one is full after the period.
 *
 * @param name what is limited, 1 to 40 lower-case letters, digits and dashes
 * @param tokens 1 to a billion
 * @param period a second to a day
 */
public record RateLimit(String name, long tokens, Duration period) {
  private static final long MOST = 1_000_000_000;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  public RateLimit {
    if (!name.matches("[a-z0-9-]{1,40}")) {
      throw new IllegalArgumentException("This is no name of a limit: " + name);
    }
    if (tokens < 1 || tokens > MOST) {
      throw new IllegalArgumentException("A limit has 1 to a billion tokens: " + tokens);
    }
    if (period.compareTo(SHORTEST) < 0 || period.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("A limit is for a second to a day: " + period);
    }
  }

  /** So many a minute. */
  public static RateLimit perMinute(String name, long tokens) {
    return new RateLimit(name, tokens, Duration.ofMinutes(1));
  }
}
