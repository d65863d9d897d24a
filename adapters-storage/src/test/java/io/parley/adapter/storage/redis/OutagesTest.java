package io.parley.adapter.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutagesTest {
  private long nanos = Long.MAX_VALUE - 5; // the clock may begin anywhere
  private final Outages outages = new Outages(() -> nanos);

  private static PortFailure failure(Kind kind) {
    return new PortFailure(kind, "Redis", "Something is wrong.", null);
  }

  @Test
  void isSaidOnceAndSoIsItsEnd() {
    assertThat(outages.ended("here")).isFalse();
    assertThat(outages.began(failure(Kind.TIMEOUT))).isTrue();
    for (int i = 0; i < 100; i++) {
      nanos++;
      assertThat(outages.began(failure(Kind.TIMEOUT))).isFalse();
    }
    assertThat(outages.ended("here")).isTrue();
    assertThat(outages.ended("here")).isFalse();
  }

  @Test
  void anotherKindOfTroubleIsSaidToo() {
    outages.began(failure(Kind.TIMEOUT));
    assertThat(outages.began(failure(Kind.STORAGE_FULL))).isTrue();
  }

  @Test
  void whatComesAndGoesAllTheTimeIsSaidEveryTenMinutes() {
    assertThat(outages.began(failure(Kind.TIMEOUT))).isTrue();
    assertThat(outages.ended("here")).isTrue();
    nanos += Duration.ofMinutes(10).toNanos() - 1;
    assertThat(outages.began(failure(Kind.TIMEOUT))).isFalse();
    assertThat(outages.ended("here")).isFalse();
    nanos++;
    assertThat(outages.began(failure(Kind.TIMEOUT))).isTrue();
  }
}
