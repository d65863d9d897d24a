package io.parley.testkit.storage;

import io.parley.domain.port.storage.Cache;
import java.time.Duration;
import java.time.Instant;

class InMemoryCacheTest extends CacheContract {
  private Instant now = Instant.parse("2026-11-21T08:00:00Z");

  @Override
  protected Cache create() {
    return new InMemoryCache(() -> now);
  }

  @Override
  protected Cache another() {
    return create();
  }

  @Override
  protected void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  protected boolean movesClock() {
    return true;
  }

  @Override
  protected int tooLarge() {
    return InMemoryCache.LARGEST + 1;
  }
}
