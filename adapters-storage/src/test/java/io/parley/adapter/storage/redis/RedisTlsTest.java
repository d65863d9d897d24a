package io.parley.adapter.storage.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.storage.CacheSpace;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code rediss://}: only to a certificate that Java trusts, for the host of the URL. */
class RedisTlsTest {
  private static final CacheSpace SPACE = new CacheSpace("space", Duration.ofHours(1));

  @RegisterExtension private final SharedRedis redis = new SharedRedis();
  @TempDir private Path directory;

  private RedisConnection open(String url) {
    RedisConfig config =
        RedisConfig.of(RedisUrl.parse(url), SharedRedis.newNamespace(), SharedRedis.SECRET);
    return redis.open(SharedRedis.patient(config, Duration.ofSeconds(5)));
  }

  @Test
  void aCertificateIsTrustedOrTheConnectionIsNotMade() throws Exception {
    int behind = SharedRedis.server().port();
    try (TlsFront front = TlsFront.start(directory, behind)) {
      assertRefused(open("rediss://127.0.0.1:" + front.port()));

      front.trust();
      RedisConnection trusting = open("rediss://127.0.0.1:" + front.port());
      trusting.requireUsable();
      RedisCache.on(trusting).put(SPACE, "ferry", "value".getBytes(UTF_8));
      assertThat(RedisCache.on(trusting).get(SPACE, "ferry")).isPresent();

      assertRefused(open("rediss://localhost:" + front.port())); // the certificate is another's
    }
  }

  private static void assertRefused(RedisConnection connection) {
    assertThatThrownBy(connection::requireUsable)
        .isInstanceOfSatisfying(
            PortFailure.class,
            e -> assertThat(e.kind()).isEqualTo(PortFailure.Kind.INVALID_CONFIGURATION))
        .hasMessageContaining("TLS");
  }
}
