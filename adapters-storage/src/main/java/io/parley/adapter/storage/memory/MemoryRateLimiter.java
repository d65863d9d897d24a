package io.parley.adapter.storage.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.github.bucket4j.Bucket;
import io.parley.adapter.storage.rate.Buckets;
import io.parley.domain.port.storage.RateDecision;
import io.parley.domain.port.storage.RateLimit;
import io.parley.domain.port.storage.RateLimiter;
import java.time.InstantSource;

/** Counts in the process, for as many callers as it may; the idlest are forgotten. */
public final class MemoryRateLimiter implements RateLimiter {
  private static final int CALLERS = 100_000;

  private final InstantSource clock;
  private final Cache<Owner, Bucket> buckets;

  private record Owner(RateLimit limit, String caller) {}

  MemoryRateLimiter(InstantSource clock, int callers) {
    this.clock = clock;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(callers)
            .expireAfter(
                Expiry.<Owner, Bucket>accessing((owner, _) -> owner.limit.period().multipliedBy(2)))
            .build();
  }

  /** For 100,000 callers. */
  public static MemoryRateLimiter open() {
    return open(InstantSource.system());
  }

  /** The same by another clock. */
  public static MemoryRateLimiter open(InstantSource clock) {
    return new MemoryRateLimiter(clock, CALLERS);
  }

  @Override
  public RateDecision take(RateLimit limit, String caller) {
    return Buckets.decision(bucket(limit, caller).tryConsumeAndReturnRemaining(1));
  }

  @Override
  public void giveBack(RateLimit limit, String caller) {
    bucket(limit, caller).addTokens(1);
  }

  @Override
  public void forget(RateLimit limit, String caller) {
    buckets.invalidate(new Owner(limit, caller));
  }

  @Override
  public boolean shared() {
    return false;
  }

  /** Buckets kept now. */
  long size() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }

  private Bucket bucket(RateLimit limit, String caller) {
    return buckets.get(new Owner(limit, caller), owner -> Buckets.make(owner.limit, clock));
  }
}
