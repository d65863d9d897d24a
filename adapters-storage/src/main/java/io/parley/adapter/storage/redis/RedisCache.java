package io.parley.adapter.storage.redis;

import io.lettuce.core.SetArgs;
import io.parley.adapter.storage.redis.RedisConnection.Use;
import io.parley.domain.port.storage.Cache;
import io.parley.domain.port.storage.CacheSpace;
import java.util.Optional;

/** A cache in Redis: a string a value, which Redis forgets by itself. */
public final class RedisCache implements Cache {
  private final RedisConnection redis;

  private RedisCache(RedisConnection redis) {
    this.redis = redis;
  }

  /** A cache on a connection, which stays open. */
  public static RedisCache on(RedisConnection redis) {
    return new RedisCache(redis);
  }

  @Override
  public Optional<byte[]> get(CacheSpace space, String key) {
    byte[] name = name(space, key);
    // Whatever somebody else has put there, no more of it is read than was ever kept.
    long last = (long) redis.config().largest() + SealedValues.SEAL - 1;
    return redis
        .ask(Use.READ, connection -> Optional.of(connection.sync().getrange(name, 0, last)))
        .flatMap(sealed -> redis.seals().open(name, sealed));
  }

  @Override
  public void put(CacheSpace space, String key, byte[] value) {
    if (value.length > redis.config().largest()) {
      remove(space, key);
      return;
    }
    byte[] name = name(space, key);
    byte[] sealed = redis.seals().seal(name, value);
    SetArgs time = SetArgs.Builder.px(space.keepFor().toMillis());
    redis.ask(
        Use.WRITE, connection -> Optional.ofNullable(connection.sync().set(name, sealed, time)));
  }

  @Override
  public void remove(CacheSpace space, String key) {
    byte[] name = name(space, key);
    redis.ask(Use.WRITE, connection -> Optional.ofNullable(connection.sync().del(name)));
  }

  @Override
  public boolean shared() {
    return true;
  }

  private byte[] name(CacheSpace space, String key) {
    return redis.keys().of("cache", space.name(), key);
  }
}
