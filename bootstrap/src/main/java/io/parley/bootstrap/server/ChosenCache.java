package io.parley.bootstrap.server;

import io.parley.adapter.storage.memory.MemoryCache;
import io.parley.adapter.storage.memory.MemoryCacheConfig;
import io.parley.adapter.storage.memory.MemoryRateLimiter;
import io.parley.adapter.storage.redis.RedisCache;
import io.parley.adapter.storage.redis.RedisConfig;
import io.parley.adapter.storage.redis.RedisConnection;
import io.parley.adapter.storage.redis.RedisRateLimiter;
import io.parley.bootstrap.settings.CacheSettings;
import io.parley.domain.port.storage.Cache;
import io.parley.domain.port.storage.RateLimiter;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where caches and rate limits are kept. Redis's classes are loaded only where it is chosen.
 *
 * @param backend asks whether the place can be worked with; absent for the process itself
 */
record ChosenCache(Cache cache, RateLimiter rateLimiter, @Nullable Runnable backend) {

  /**
   * Opens it.
   *
   * @param installation what tells this installation from others in the same Redis
   */
  static ChosenCache open(
      CacheSettings settings, Supplier<String> installation, Keys keys, Closing closing) {
    return settings.inRedis()
        ? inRedis(
            RedisConfig.of(
                Objects.requireNonNull(settings.redis()),
                installation.get(),
                keys.derive("cache-keys")),
            closing)
        : inProcess();
  }

  static ChosenCache inProcess() {
    return new ChosenCache(
        MemoryCache.open(MemoryCacheConfig.defaults()), MemoryRateLimiter.open(), null);
  }

  private static ChosenCache inRedis(RedisConfig config, Closing closing) {
    RedisConnection redis = closing.add(RedisConnection.open(config));
    return new ChosenCache(RedisCache.on(redis), RedisRateLimiter.on(redis), redis::requireUsable);
  }
}
