package io.parley.adapter.ai.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));

  @ParameterizedTest
  @CsvSource({"0, PT0S", "' 7 ', PT7S", "1.25, PT1.25S", "999999999, P1D"})
  void seconds_are_read(String value, Duration expected) {
    assertThat(RetryAfter.parse(value, CLOCK)).isEqualTo(expected);
  }

  @Test
  void a_date_is_read_and_one_that_has_passed_is_now() {
    assertThat(RetryAfter.parse("Sat, 21 Nov 2026 12:00:30 GMT", CLOCK))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(RetryAfter.parse("Sat, 21 Nov 2026 11:00:00 GMT", CLOCK)).isEqualTo(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "1e9", "21 November"})
  void anything_else_says_nothing(String value) {
    assertThat(RetryAfter.parse(value, CLOCK)).isNull();
  }
}
