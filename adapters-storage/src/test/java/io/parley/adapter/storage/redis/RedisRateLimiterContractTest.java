package io.parley.adapter.storage.redis;

import io.parley.domain.port.storage.RateLimiter;
import io.parley.testkit.storage.RateLimiterContract;
import java.time.InstantSource;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisRateLimiterContractTest extends RateLimiterContract {
  @RegisterExtension private final SharedRedis redis = new SharedRedis();
  private RedisConfig config = SharedRedis.config(SharedRedis.server(), SharedRedis.newNamespace());

  @Override
  protected RateLimiter create(InstantSource clock) {
    config = SharedRedis.config(SharedRedis.server(), SharedRedis.newNamespace());
    return another(clock);
  }

  @Override
  protected RateLimiter another(InstantSource clock) {
    return RedisRateLimiter.on(redis.open(config), clock);
  }
}
