package io.parley.adapter.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.port.storage.RateLimit;
import io.parley.domain.port.storage.RateLimiter;
import io.parley.testkit.storage.RateLimiterContract;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class MemoryRateLimiterTest extends RateLimiterContract {
  @Override
  protected RateLimiter create(InstantSource clock) {
    return MemoryRateLimiter.open(clock);
  }

  @Override
  protected RateLimiter another(InstantSource clock) {
    return create(clock);
  }

  @Test
  void remembersAsManyCallersAsItMay() {
    MemoryRateLimiter small = new MemoryRateLimiter(InstantSource.system(), 100);
    for (int i = 0; i < 5_000; i++) {
      small.take(RateLimit.perMinute("five", 5), "caller " + i);
    }
    assertThat(small.size()).isLessThanOrEqualTo(100);
  }
}
