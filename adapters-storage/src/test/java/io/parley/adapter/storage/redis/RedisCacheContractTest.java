package io.parley.adapter.storage.redis;

import io.parley.domain.port.storage.Cache;
import io.parley.testkit.storage.CacheContract;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisCacheContractTest extends CacheContract {
  @RegisterExtension private final SharedRedis redis = new SharedRedis();
  private RedisConfig config = SharedRedis.config(SharedRedis.server(), SharedRedis.newNamespace());

  @Override
  protected Cache create() {
    config = SharedRedis.config(SharedRedis.server(), SharedRedis.newNamespace());
    return another();
  }

  @Override
  protected Cache another() {
    return RedisCache.on(redis.open(config));
  }

  @Override
  protected void pass(Duration time) {
    try {
      Thread.sleep(time.plusMillis(50));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected boolean movesClock() {
    return false;
  }

  @Override
  protected int tooLarge() {
    return config.largest() + 1;
  }
}
