package io.parley.testkit.storage;

import io.parley.domain.port.storage.RateDecision;
import io.parley.domain.port.storage.RateLimit;
import io.parley.domain.port.storage.RateLimiter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Buckets in a map. What is in a bucket is counted in the nanoseconds that it took to fill it. */
public final class InMemoryRateLimiter implements RateLimiter {
  private static final int MOST = 10_000;

  private final InstantSource clock;
  private final Map<Owner, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  private record Owner(RateLimit limit, String caller) {}

  private static final class Bucket {
    private long filled;
    private Instant at;

    Bucket(long filled, Instant at) {
      this.filled = filled;
      this.at = at;
    }
  }

  public InMemoryRateLimiter(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized RateDecision take(RateLimit limit, String caller) {
    Bucket bucket = refilled(limit, caller);
    long each = each(limit);
    boolean there = bucket.filled >= each;
    bucket.filled -= there ? each : 0;
    Duration untilFull = Duration.ofNanos(each * limit.tokens() - bucket.filled);
    return there
        ? new RateDecision.Admitted(bucket.filled / each, untilFull)
        : new RateDecision.Refused(Duration.ofNanos(each - bucket.filled), untilFull);
  }

  @Override
  public synchronized void giveBack(RateLimit limit, String caller) {
    Bucket bucket = refilled(limit, caller);
    long each = each(limit);
    bucket.filled = Math.min(each * limit.tokens(), bucket.filled + each);
  }

  @Override
  public synchronized void forget(RateLimit limit, String caller) {
    buckets.remove(new Owner(limit, caller));
  }

  @Override
  public boolean shared() {
    return false;
  }

  private Bucket refilled(RateLimit limit, String caller) {
    Instant now = clock.instant();
    long full = each(limit) * limit.tokens();
    Bucket bucket = buckets.computeIfAbsent(new Owner(limit, caller), _ -> new Bucket(full, now));
    if (now.isAfter(bucket.at)) {
      Duration since = Duration.between(bucket.at, now);
      bucket.filled =
          since.compareTo(limit.period()) >= 0
              ? full
              : Math.min(full, bucket.filled + since.toNanos());
      bucket.at = now;
    }
    if (buckets.size() > MOST) {
      buckets.remove(buckets.keySet().iterator().next());
    }
    return bucket;
  }

  private static long each(RateLimit limit) {
    return limit.period().toNanos() / limit.tokens();
  }
}
