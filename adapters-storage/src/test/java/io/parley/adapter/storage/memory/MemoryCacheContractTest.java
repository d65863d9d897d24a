package io.parley.adapter.storage.memory;

import io.parley.domain.port.storage.Cache;
import io.parley.testkit.storage.CacheContract;
import java.time.Duration;

class MemoryCacheContractTest extends CacheContract {
  private static final int BYTES = 8 << 20;
  private long nanos;

  @Override
  protected Cache create() {
    return new MemoryCache(new MemoryCacheConfig(1_000, BYTES), () -> nanos);
  }

  @Override
  protected Cache another() {
    return create();
  }

  @Override
  protected void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Override
  protected boolean movesClock() {
    return true;
  }

  @Override
  protected int tooLarge() {
    return BYTES + 1;
  }
}
