package io.parley.adapter.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUrlTest {
  @Test
  void readsEveryPart() {
    assertThat(RedisUrl.parse(" rediss://parley:p%40ss+1:2@cache.example.com:6380/3 "))
        .isEqualTo(
            new RedisUrl(true, "cache.example.com", 6380, "parley", new Secret("p@ss+1:2"), 3));
  }

  @Test
  void whatIsNotSaidIsStandard() {
    assertThat(RedisUrl.parse("redis://localhost"))
        .isEqualTo(new RedisUrl(false, "localhost", 6379, "", null, 0));
    assertThat(RedisUrl.parse("REDIS://:secret@[::1]/"))
        .isEqualTo(new RedisUrl(false, "::1", 6379, "", new Secret("secret"), 0));
  }

  @Test
  void saysWhereItIsWithoutSayingThePassword() {
    RedisUrl url = RedisUrl.parse("redis://parley:s3cr3t@[::1]:7000");
    assertThat(url.place()).isEqualTo("[::1]:7000");
    assertThat(url.toString()).doesNotContain("s3cr3t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost:6379",
        "http://localhost",
        "redis://",
        "redis://s3cr3t@localhost",
        "redis://:s3cr3t@local host",
        "redis://:s3cr3t@localhost:0",
        "redis://:s3cr3t@localhost:65536",
        "redis://:s3cr3t@localhost/x",
        "redis://:s3cr3t@localhost/0?db=1",
        "redis://:s3cr3t%zz@localhost",
        "redis-sentinel://:s3cr3t@localhost",
        "redis://:s3cr3t@a,b"
      })
  void refusesTheRestWithTheNameOfTheSettingAndNotItsValue(String url) {
    assertThatThrownBy(() -> RedisUrl.parse(url))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("REDIS_URL")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cr3t"));
  }
}
