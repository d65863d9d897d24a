package io.parley.adapter.vectorstore.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BreakerTest {
  private long now;
  private int calls;
  private final Breaker breaker = new Breaker("store", () -> now);
  private final Attempts attempts =
      new Attempts(
          new Patience(Duration.ofSeconds(1), 1, Duration.ofMillis(1), Duration.ofMillis(1)),
          e -> new PortFailure(Kind.UNAVAILABLE, "store", "It is away.", e));

  private PortFailure failing(Kind kind) {
    return catchThrowableOfType(
        PortFailure.class,
        () ->
            attempts.of(
                breaker,
                () -> {
                  calls++;
                  throw new PortFailure(kind, "store", "It failed.", null);
                }));
  }

  private String answered() {
    return attempts.of(
        breaker,
        () -> {
          calls++;
          return "answer";
        });
  }

  @Test
  void afterFiveFailuresInARowNobodyIsLetThroughForAWhile() {
    for (int i = 0; i < 5; i++) {
      failing(Kind.TIMEOUT);
    }

    PortFailure refused = failing(Kind.TIMEOUT);

    assertThat(calls).isEqualTo(5);
    assertThat(refused.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(refused.retryAfter()).isPresent();
  }

  @Test
  void thenOneFindsOutAndAnAnswerLetsEverybodyThrough() {
    for (int i = 0; i < 5; i++) {
      failing(Kind.TIMEOUT);
    }
    now += Duration.ofSeconds(5).toNanos();

    failing(Kind.TIMEOUT);
    failing(Kind.TIMEOUT);
    assertThat(calls).as("one, and the next is refused again").isEqualTo(6);
    now += Duration.ofSeconds(5).toNanos();
    assertThat(answered()).isEqualTo("answer");
    assertThat(answered()).isEqualTo("answer");
  }

  @Test
  void whatTheCallerDidWrongSaysNothingOfTheStore() {
    for (int i = 0; i < 9; i++) {
      failing(Kind.INVALID_CONFIGURATION);
    }

    assertThat(answered()).isEqualTo("answer");
  }
}
