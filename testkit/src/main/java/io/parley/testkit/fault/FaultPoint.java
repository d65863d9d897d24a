package io.parley.testkit.fault;

import java.util.Locale;

/**
 * Which call breaks, and how.
 *
 * @param method port and method, such as {@code JobQueue.claim}, or {@link #ANY}
 * @param nth which call of the method, or of all, counted from 1
 */
public record FaultPoint(String method, long nth, Moment moment, Effect effect) {

  /** Counts the calls of all methods. */
  public static final String ANY = "*";

  /** When it breaks. */
  public enum Moment {
    /** The adapter is not called. */
    BEFORE,
    /** The adapter did its work; its caller never knows. */
    AFTER
  }

  /** What happens. */
  public enum Effect {
    /** The process ends at once, without any clean-up. */
    HALT,
    /** The caller is told that the backend cannot be reached. */
    UNAVAILABLE,
    /** The caller is told that the backend did not answer in time. */
    TIMEOUT
  }

  /** Whether this is the call that breaks. */
  public boolean hits(PortCall call) {
    return method.equals(ANY)
        ? call.number() == nth
        : call.method().equals(method) && call.nth() == nth;
  }

  /** Reads what {@link #toString} writes. */
  public static FaultPoint parse(String text) {
    int number = text.indexOf('#');
    int moment = text.indexOf(':', number + 1);
    int effect = text.indexOf(':', moment + 1);
    if (number < 0 || moment < 0 || effect < 0) {
      throw new IllegalArgumentException("A point is like JobQueue.claim#3:before:halt.");
    }
    return new FaultPoint(
        text.substring(0, number),
        Long.parseLong(text.substring(number + 1, moment)),
        Moment.valueOf(upper(text.substring(moment + 1, effect))),
        Effect.valueOf(upper(text.substring(effect + 1))));
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** As {@code JobQueue.claim#3:before:halt}. */
  @Override
  public String toString() {
    return method + "#" + nth + ":" + lower(moment) + ":" + lower(effect);
  }
}
