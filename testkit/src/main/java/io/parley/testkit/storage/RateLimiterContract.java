package io.parley.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.port.storage.RateDecision;
import io.parley.domain.port.storage.RateDecision.Admitted;
import io.parley.domain.port.storage.RateDecision.Refused;
import io.parley.domain.port.storage.RateLimit;
import io.parley.domain.port.storage.RateLimiter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every limiter keeps. */
public abstract class RateLimiterContract {
  private static final RateLimit FIVE = RateLimit.perMinute("five", 5);
  private static final Duration EACH = Duration.ofSeconds(12);
  private static final int THREADS = 8;

  private volatile Instant now = Instant.now();

  /** A new limiter that asks this clock for the time, without any bucket. */
  protected abstract RateLimiter create(InstantSource clock);

  /** Another one on the backend of the one that was created last; its own where there is none. */
  protected abstract RateLimiter another(InstantSource clock);

  private RateLimiter newLimiter() {
    return create(() -> now);
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private static long remaining(RateDecision decision) {
    assertThat(decision).isInstanceOf(Admitted.class);
    return ((Admitted) decision).remaining();
  }

  private static Duration wait(RateDecision decision) {
    assertThat(decision).isInstanceOf(Refused.class);
    return ((Refused) decision).retryAfter();
  }

  private static void empty(RateLimiter limiter, RateLimit limit, String caller) {
    for (int i = 0; i < limit.tokens(); i++) {
      assertThat(limiter.take(limit, caller)).isInstanceOf(Admitted.class);
    }
  }

  @Test
  void givesAsManyTokensAsTheLimitSays() {
    RateLimiter limiter = newLimiter();
    for (long left = 4; left >= 0; left--) {
      assertThat(remaining(limiter.take(FIVE, "ada"))).isEqualTo(left);
    }
    assertThat(limiter.take(FIVE, "ada")).isInstanceOf(Refused.class);
  }

  @Test
  void refillsEvenly() {
    RateLimiter limiter = newLimiter();
    empty(limiter, FIVE, "ada");

    pass(EACH.minusMillis(1));
    assertThat(limiter.take(FIVE, "ada")).isInstanceOf(Refused.class);
    pass(Duration.ofMillis(1));
    assertThat(remaining(limiter.take(FIVE, "ada"))).isZero();
    pass(EACH.multipliedBy(3));
    assertThat(remaining(limiter.take(FIVE, "ada"))).isEqualTo(2);
  }

  @Test
  void saysWhenToComeBack() {
    RateLimiter limiter = newLimiter();
    empty(limiter, FIVE, "ada");
    pass(Duration.ofSeconds(5));

    Duration wait = wait(limiter.take(FIVE, "ada"));
    assertThat(wait).isBetween(Duration.ofSeconds(6), Duration.ofSeconds(7));

    pass(wait);
    assertThat(limiter.take(FIVE, "ada")).isInstanceOf(Admitted.class);
  }

  @Test
  void saysWhenTheBucketIsFull() {
    RateLimiter limiter = newLimiter();
    Duration first = limiter.take(FIVE, "ada").untilFull();
    assertThat(first).isBetween(EACH.minusMillis(1), EACH);
    for (int i = 0; i < 4; i++) {
      limiter.take(FIVE, "ada");
    }
    Duration untilFull = limiter.take(FIVE, "ada").untilFull();
    assertThat(untilFull).isBetween(FIVE.period().minusMillis(1), FIVE.period());
    pass(untilFull);
    assertThat(remaining(limiter.take(FIVE, "ada"))).isEqualTo(4);
  }

  @Test
  void holdsNoMoreThanTheLimitHoweverLongNobodyComes() {
    RateLimiter limiter = newLimiter();
    limiter.take(FIVE, "ada");

    pass(Duration.ofDays(400));

    assertThat(remaining(limiter.take(FIVE, "ada"))).isEqualTo(4);
  }

  @Test
  void aRefusalCostsNothing() {
    RateLimiter limiter = newLimiter();
    empty(limiter, FIVE, "ada");
    for (int i = 0; i < 20; i++) {
      assertThat(limiter.take(FIVE, "ada")).isInstanceOf(Refused.class);
    }

    pass(EACH);

    assertThat(limiter.take(FIVE, "ada")).isInstanceOf(Admitted.class);
  }

  @Test
  void takesTokensBackUpToAFullBucket() {
    RateLimiter limiter = newLimiter();
    limiter.giveBack(FIVE, "ada");
    empty(limiter, FIVE, "ada");

    limiter.giveBack(FIVE, "ada");
    assertThat(remaining(limiter.take(FIVE, "ada"))).isZero();
    for (int i = 0; i < 9; i++) {
      limiter.giveBack(FIVE, "ada");
    }
    assertThat(remaining(limiter.take(FIVE, "ada"))).isEqualTo(4);
  }

  @Test
  void aCallerWhoIsForgottenHasAFullBucket() {
    RateLimiter limiter = newLimiter();
    limiter.forget(FIVE, "ada");
    empty(limiter, FIVE, "ada");
    empty(limiter, FIVE, "bob");

    limiter.forget(FIVE, "ada");

    assertThat(remaining(limiter.take(FIVE, "ada"))).isEqualTo(4);
    assertThat(limiter.take(FIVE, "bob")).isInstanceOf(Refused.class);
  }

  @Test
  void countsLimitsApart() {
    RateLimiter limiter = newLimiter();
    empty(limiter, FIVE, "ada");

    assertThat(remaining(limiter.take(RateLimit.perMinute("other", 5), "ada"))).isEqualTo(4);
    assertThat(remaining(limiter.take(RateLimit.perMinute("five", 6), "ada"))).isEqualTo(5);
    assertThat(limiter.take(FIVE, "ada")).isInstanceOf(Refused.class);
  }

  @Test
  void countsCallersApartWhateverTheyAreCalled() {
    RateLimiter limiter = newLimiter();
    RateLimit one = RateLimit.perMinute("one", 1);
    List<String> callers = new ArrayList<>(NastyNames.ALL);
    callers.addAll(
        List.of("", " ", "\n", "\0", "a:b", "a", "*", "\u00e9", "name ".repeat(200_000)));

    for (String caller : callers) {
      assertThat(limiter.take(one, caller)).isInstanceOf(Admitted.class);
    }
    for (String caller : callers) {
      assertThat(limiter.take(one, caller)).isInstanceOf(Refused.class);
    }
  }

  @Test
  void keepsLargeAndLongLimits() {
    RateLimiter limiter = newLimiter();
    RateLimit many = new RateLimit("many", 1_000_000_000, Duration.ofDays(1));
    assertThat(remaining(limiter.take(many, "ada"))).isEqualTo(999_999_999);
    RateLimit rare = new RateLimit("rare", 1, Duration.ofDays(1));
    assertThat(remaining(limiter.take(rare, "ada"))).isZero();

    pass(Duration.ofHours(23));

    assertThat(wait(limiter.take(rare, "ada")))
        .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60));
  }

  @Test
  void aClockThatGoesBackGivesNothing() {
    RateLimiter limiter = newLimiter();
    empty(limiter, FIVE, "ada");

    pass(Duration.ofSeconds(-30));

    assertThat(limiter.take(FIVE, "ada")).isInstanceOf(Refused.class);
    pass(Duration.ofSeconds(30).plus(EACH));
    assertThat(remaining(limiter.take(FIVE, "ada"))).isZero();
  }

  @Test
  void givesNoTokenTwiceToThreadsThatTakeAtTheSameTime() throws Exception {
    RateLimiter limiter = newLimiter();
    RateLimit fifty = RateLimit.perMinute("fifty", 50);
    assertThat(admitted(fifty, List.of(limiter))).isEqualTo(50);
  }

  @Test
  void othersCountInTheSameBucketsWhereTheBackendIsShared() throws Exception {
    RateLimiter limiter = newLimiter();
    RateLimiter another = another(() -> now);
    assertThat(another.shared()).isEqualTo(limiter.shared());
    RateLimit fifty = RateLimit.perMinute("fifty", 50);

    long all = admitted(fifty, List.of(limiter, another));

    assertThat(all).isEqualTo(limiter.shared() ? 50 : 100);
  }

  /** How often each of many threads, which take in turns from these, gets a token; in all. */
  private static long admitted(RateLimit limit, List<RateLimiter> limiters) throws Exception {
    Callable<Long> work =
        () -> {
          long admitted = 0;
          for (int i = 0; i < 40; i++) {
            for (RateLimiter limiter : limiters) {
              admitted += limiter.take(limit, "ada") instanceof Admitted ? 1 : 0;
            }
          }
          return admitted;
        };
    long all = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (Future<Long> each : threads.invokeAll(Collections.nCopies(THREADS, work))) {
        all += each.get();
      }
    }
    return all;
  }
}
