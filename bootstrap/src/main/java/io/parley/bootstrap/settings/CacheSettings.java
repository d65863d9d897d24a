package io.parley.bootstrap.settings;

import io.parley.adapter.storage.redis.RedisUrl;
import io.parley.domain.port.PortFailure;
import org.jspecify.annotations.Nullable;

/**
 * Where caches and rate limits are kept.
 *
 * @param inRedis else in the process
 * @param redis absent when there is no Redis; it is there when it is to be used
 */
public record CacheSettings(boolean inRedis, @Nullable RedisUrl redis) {

  private enum Kind {
    MEMORY,
    REDIS
  }

  static CacheSettings of(SettingReader read) {
    boolean there = read.isSet(Setting.REDIS_URL);
    boolean chosen =
        read.isSet(Setting.PARLEY_CACHE)
            ? read.oneOf(Setting.PARLEY_CACHE, Kind.class) == Kind.REDIS
            : there;
    if (chosen && !there) {
      throw new WrongSetting(
          Setting.REDIS_URL, "PARLEY_CACHE=redis needs it: redis://user:password@host:6379/0.");
    }
    return new CacheSettings(chosen, there ? url(read) : null);
  }

  private static RedisUrl url(SettingReader read) {
    try {
      return RedisUrl.parse(read.text(Setting.REDIS_URL));
    } catch (PortFailure e) {
      throw new WrongSetting(e.sentence());
    }
  }
}
