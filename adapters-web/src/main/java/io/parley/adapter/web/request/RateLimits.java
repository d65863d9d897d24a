package io.parley.adapter.web.request;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemKind;
import java.time.Duration;

/** Buckets of tokens, one a caller, refilled evenly within a minute; the idlest are forgotten. */
final class RateLimits {
  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final int CALLERS = 100_000;

  private final int perMinute;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(CALLERS).expireAfterAccess(PERIOD.multipliedBy(2)).build();

  /**
   * @param perMinute at least 1
   */
  RateLimits(int perMinute) {
    this.perMinute = perMinute;
  }

  /** Takes one token of a caller's. */
  ConsumptionProbe take(String caller) {
    return bucket(caller).tryConsumeAndReturnRemaining(1);
  }

  /** Gives a token back. */
  void giveBack(String caller) {
    bucket(caller).addTokens(1);
  }

  int perMinute() {
    return perMinute;
  }

  /** What a caller without a token is told. */
  static Problem refusal(ConsumptionProbe probe, String detail) {
    return Problem.later(
        ProblemKind.RATE_LIMITED, detail, Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }

  private Bucket bucket(String caller) {
    return buckets.get(
        caller,
        _ ->
            Bucket.builder()
                .addLimit(l -> l.capacity(perMinute).refillGreedy(perMinute, PERIOD))
                .build());
  }
}
