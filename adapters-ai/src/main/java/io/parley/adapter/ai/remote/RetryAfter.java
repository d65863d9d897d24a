package io.parley.adapter.ai.remote;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Reads {@code Retry-After} (RFC 9110, section 10.2.3): seconds or a date. */
final class RetryAfter {
  private static final Duration LONGEST = Duration.ofDays(1);

  private RetryAfter() {}

  /** How long to wait; absent where the value is none. */
  static @Nullable Duration parse(String value, InstantSource clock) {
    String text = value.strip();
    return text.matches("\\d{1,9}(\\.\\d{1,9})?") ? seconds(text) : untilDate(text, clock);
  }

  private static Duration seconds(String text) {
    return bounded(Duration.ofMillis((long) Math.ceil(Double.parseDouble(text) * 1000)));
  }

  private static @Nullable Duration untilDate(String text, InstantSource clock) {
    try {
      Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return bounded(Duration.between(clock.instant(), then));
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static Duration bounded(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
