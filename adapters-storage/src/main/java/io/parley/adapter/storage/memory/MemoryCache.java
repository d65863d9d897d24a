package io.parley.adapter.storage.memory;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.parley.domain.port.storage.Cache;
import io.parley.domain.port.storage.CacheSpace;
import java.util.Optional;

/** A cache in the process, bounded in entries and in memory. */
public final class MemoryCache implements Cache {
  private final com.github.benmanes.caffeine.cache.Cache<Name, byte[]> values;
  private final long largest;

  private record Name(CacheSpace space, String key) {}

  MemoryCache(MemoryCacheConfig config, Ticker ticker) {
    int least = (int) Math.min(Integer.MAX_VALUE, config.maxBytes() / config.maxEntries());
    this.largest = (long) least * config.maxEntries();
    // An entry weighs its share of the memory at least, so that one limit bounds both.
    this.values =
        Caffeine.newBuilder()
            .maximumWeight(largest)
            .weigher((Name name, byte[] value) -> (int) Math.max(least, bytes(name, value)))
            .expireAfter(Expiry.<Name, byte[]>writing((name, _) -> name.space.keepFor()))
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  public static MemoryCache open(MemoryCacheConfig config) {
    return new MemoryCache(config, Ticker.systemTicker());
  }

  @Override
  public Optional<byte[]> get(CacheSpace space, String key) {
    return Optional.ofNullable(values.getIfPresent(new Name(space, key))).map(byte[]::clone);
  }

  @Override
  public void put(CacheSpace space, String key, byte[] value) {
    Name name = new Name(space, key);
    if (bytes(name, value) > largest) {
      values.invalidate(name);
    } else {
      values.put(name, value.clone());
    }
  }

  @Override
  public void remove(CacheSpace space, String key) {
    values.invalidate(new Name(space, key));
  }

  @Override
  public boolean shared() {
    return false;
  }

  /** Values kept now. */
  long size() {
    values.cleanUp();
    return values.estimatedSize();
  }

  private static long bytes(Name name, byte[] value) {
    return (long) name.key.length() * Character.BYTES + value.length;
  }
}
