package io.parley.adapter.storage.rate;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.parley.domain.port.storage.RateDecision;
import io.parley.domain.port.storage.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Turns limits into buckets, and what a bucket says into decisions. */
public final class Buckets {
  private static final long NANOS = 1_000_000_000;

  private Buckets() {}

  /** A full bucket in the process. */
  public static Bucket make(RateLimit limit, InstantSource clock) {
    return Bucket.builder()
        .addLimit(l -> l.capacity(limit.tokens()).refillGreedy(limit.tokens(), limit.period()))
        .withCustomTimePrecision(meter(clock))
        .build();
  }

  public static BucketConfiguration configuration(RateLimit limit) {
    return BucketConfiguration.builder()
        .addLimit(l -> l.capacity(limit.tokens()).refillGreedy(limit.tokens(), limit.period()))
        .build();
  }

  /** The time of day, in nanoseconds. */
  public static TimeMeter meter(InstantSource clock) {
    return new WallClock(clock);
  }

  public static RateDecision decision(ConsumptionProbe probe) {
    Duration untilFull = Duration.ofNanos(probe.getNanosToWaitForReset());
    return probe.isConsumed()
        ? new RateDecision.Admitted(probe.getRemainingTokens(), untilFull)
        : new RateDecision.Refused(
            Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill())), untilFull);
  }

  private record WallClock(InstantSource clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      Instant now = clock.instant();
      return now.getEpochSecond() * NANOS + now.getNano();
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
