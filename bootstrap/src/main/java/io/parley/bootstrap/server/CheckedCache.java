package io.parley.bootstrap.server;

import io.parley.adapter.storage.redis.RedisCache;
import io.parley.adapter.storage.redis.RedisConfig;
import io.parley.adapter.storage.redis.RedisConnection;
import io.parley.adapter.storage.redis.RedisRateLimiter;
import io.parley.adapter.storage.redis.RedisUrl;
import io.parley.application.check.CacheProbe;
import io.parley.application.check.CacheProbe.OpenCache;
import io.parley.application.check.Probe;
import io.parley.application.check.Subject;
import io.parley.bootstrap.settings.CacheSettings;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.Secret;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The Redis that the settings name, with keys of the doctor's own. */
record CheckedCache(CacheSettings settings) {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** None where there is no Redis: what is in the process needs no trying. */
  List<Probe> probes() {
    RedisUrl url = settings.redis();
    if (url == null) {
      return List.of();
    }
    Subject subject =
        new Subject(
            "Redis " + url.place(),
            "Check REDIS_URL, and that Redis runs and lets this machine in; docs/setup/redis.md"
                + " says how it is set up.");
    RedisConfig config =
        RedisConfig.of(
            url,
            "check-" + UUID.randomUUID(),
            new Secret(UUID.randomUUID().toString() + UUID.randomUUID()));
    return List.of(new CacheProbe(subject, IdSource.random(), PATIENCE, () -> open(config)));
  }

  private static OpenCache open(RedisConfig config) {
    RedisConnection redis = RedisConnection.open(config);
    return new OpenCache(
        RedisCache.on(redis), RedisRateLimiter.on(redis), redis::requireUsable, redis::close);
  }
}
