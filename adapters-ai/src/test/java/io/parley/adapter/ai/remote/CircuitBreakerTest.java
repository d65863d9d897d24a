package io.parley.adapter.ai.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
  private final PortFailure down = new PortFailure(Kind.UNAVAILABLE, "x", "Down.", null);
  private final PortFailure busy = new PortFailure(Kind.RATE_LIMITED, "x", "Busy.", null);
  private long now;
  private final CircuitBreaker breaker =
      new CircuitBreaker("x", 2, Duration.ofSeconds(10), () -> now);

  private void failTwice() {
    breaker.failed(down);
    breaker.failed(down);
  }

  private void requireOpen() {
    assertThatThrownBy(breaker::requireClosed)
        .isInstanceOfSatisfying(
            PortFailure.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
              assertThat(failure.retryAfter()).isPresent();
            });
  }

  @Test
  void it_opens_after_failures_in_a_row_only() {
    breaker.failed(down);
    breaker.succeeded();
    breaker.failed(down);
    breaker.failed(busy);
    breaker.failed(down);
    breaker.requireClosed();

    breaker.failed(down);
    requireOpen();
  }

  @Test
  void one_call_finds_out_whether_the_vendor_is_back() {
    failTwice();
    now += Duration.ofSeconds(10).toNanos();

    breaker.requireClosed();
    requireOpen();

    breaker.succeeded();
    breaker.requireClosed();
    breaker.requireClosed();
  }

  @Test
  void a_call_that_never_ends_does_not_keep_it_open_for_ever() {
    failTwice();
    now += Duration.ofSeconds(10).toNanos();
    breaker.requireClosed();

    now += Duration.ofSeconds(10).toNanos();
    breaker.requireClosed();
  }
}
