package io.parley.testkit.storage;

import io.parley.domain.port.storage.RateLimiter;
import java.time.InstantSource;

class InMemoryRateLimiterTest extends RateLimiterContract {
  @Override
  protected RateLimiter create(InstantSource clock) {
    return new InMemoryRateLimiter(clock);
  }

  @Override
  protected RateLimiter another(InstantSource clock) {
    return new InMemoryRateLimiter(clock);
  }
}
