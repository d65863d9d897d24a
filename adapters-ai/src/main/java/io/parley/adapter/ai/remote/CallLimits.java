package io.parley.adapter.ai.remote;

import java.time.Duration;

/**
 * How long a call to a model may take, and how often it is tried.
 *
 * @param connect until there is a connection
 * @param firstByte from sending the request until the first byte of the answer's body
 * @param idle between two pieces of the answer
 * @param total the whole call, its retries included
 * @param retries further attempts when the vendor is not available or asks to wait, 0–10
 * @param longestPause the longest pause before a retry; a vendor that asks for a longer one ends
 *     the call, and the failure says how long it asked for
 */
public record CallLimits(
    Duration connect,
    Duration firstByte,
    Duration idle,
    Duration total,
    int retries,
    Duration longestPause) {

  /** For answers, which a model may think about for a while. */
  public static final CallLimits CHAT =
      new CallLimits(seconds(10), seconds(60), seconds(60), seconds(600), 2, seconds(10));

  /** For embeddings, which come at once. */
  public static final CallLimits EMBEDDING =
      new CallLimits(seconds(10), seconds(60), seconds(30), seconds(120), 3, seconds(20));

  /** For recordings, which are sent and heard before the first byte comes. */
  public static final CallLimits TRANSCRIPTION =
      new CallLimits(seconds(10), seconds(300), seconds(60), seconds(900), 2, seconds(20));

  public CallLimits {
    requirePositive(connect);
    requirePositive(firstByte);
    requirePositive(idle);
    requirePositive(total);
    if (retries < 0 || retries > 10) {
      throw new IllegalArgumentException("A call is retried 0 to 10 times, not " + retries);
    }
    if (longestPause.isNegative()) {
      throw new IllegalArgumentException("A pause is not negative.");
    }
  }

  /** The same, for a model that may be silent for so long, at first and later. */
  public CallLimits withSilence(Duration silence) {
    Duration whole = total.compareTo(silence) > 0 ? total : silence;
    return new CallLimits(connect, silence, silence, whole, retries, longestPause);
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static void requirePositive(Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException("A deadline is longer than " + duration);
    }
  }
}
