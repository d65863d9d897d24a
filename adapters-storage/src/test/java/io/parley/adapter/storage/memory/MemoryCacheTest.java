package io.parley.adapter.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parley.domain.port.storage.CacheSpace;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryCacheTest {
  private static final CacheSpace SPACE = new CacheSpace("space", Duration.ofMinutes(10));

  @Test
  void keepsAsManyValuesAsItMay() {
    MemoryCache small = MemoryCache.open(new MemoryCacheConfig(3, 1 << 20));
    for (int i = 0; i < 50; i++) {
      small.put(SPACE, "key " + i, new byte[4]);
    }
    assertThat(small.size()).isEqualTo(3);
  }

  @Test
  void keepsAsManyBytesAsItMay() {
    int value = 256;
    MemoryCache small = MemoryCache.open(new MemoryCacheConfig(1_000, 10L * value));
    for (int i = 0; i < 50; i++) {
      small.put(SPACE, "key " + i, new byte[value]);
    }
    assertThat(small.size()).isBetween(1L, 9L);

    small.put(SPACE, "long ".repeat(3 * value), new byte[value]);
    assertThat(small.size()).isLessThanOrEqualTo(9);
  }

  @Test
  void refusesACacheWithoutRoom() {
    assertThatIllegalArgumentException().isThrownBy(() -> new MemoryCacheConfig(0, 9));
    assertThatIllegalArgumentException().isThrownBy(() -> new MemoryCacheConfig(9, 8));
  }
}
