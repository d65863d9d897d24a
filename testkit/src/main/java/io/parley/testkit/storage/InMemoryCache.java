package io.parley.testkit.storage;

import io.parley.domain.port.storage.Cache;
import io.parley.domain.port.storage.CacheSpace;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A cache of some values in a map. */
public final class InMemoryCache implements Cache {
  /** The largest value that is kept, in bytes. */
  public static final int LARGEST = 4 << 20;

  private static final int MOST = 1_000;

  private final InstantSource clock;
  private final Map<Name, Kept> values = new LinkedHashMap<>();

  private record Name(CacheSpace space, String key) {}

  private static final class Kept {
    private final byte[] value;
    private final Instant until;

    Kept(byte[] value, Instant until) {
      this.value = value;
      this.until = until;
    }
  }

  public InMemoryCache(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Optional<byte[]> get(CacheSpace space, String key) {
    return Optional.ofNullable(values.get(new Name(space, key)))
        .filter(kept -> clock.instant().isBefore(kept.until))
        .map(kept -> kept.value.clone());
  }

  @Override
  public synchronized void put(CacheSpace space, String key, byte[] value) {
    Name name = new Name(space, key);
    values.remove(name);
    if (value.length > LARGEST) {
      return;
    }
    if (values.size() >= MOST) {
      values.remove(values.keySet().iterator().next());
    }
    values.put(name, new Kept(value.clone(), clock.instant().plus(space.keepFor())));
  }

  @Override
  public synchronized void remove(CacheSpace space, String key) {
    values.remove(new Name(space, key));
  }

  @Override
  public boolean shared() {
    return false;
  }

  /** How many values there are, whether their time is over or not. */
  public synchronized int size() {
    return values.size();
  }
}
