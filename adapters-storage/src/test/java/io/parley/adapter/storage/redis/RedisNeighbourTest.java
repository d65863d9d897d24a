package io.parley.adapter.storage.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import io.parley.domain.port.storage.CacheSpace;
import io.parley.domain.port.storage.RateDecision.Admitted;
import io.parley.domain.port.storage.RateDecision.Refused;
import io.parley.domain.port.storage.RateLimit;
import io.parley.domain.port.storage.RateLimiter;
import io.parley.testkit.storage.LocalRedis;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody else who may write to the same Redis, and means harm. */
class RedisNeighbourTest {
  private static final CacheSpace SPACE = new CacheSpace("space", Duration.ofHours(1));
  private static final RateLimit FIVE = RateLimit.perMinute("five", 5);
  private static final int STATE = 120;

  @RegisterExtension private final SharedRedis redis = new SharedRedis();
  private final LocalRedis server = SharedRedis.server();
  private final String namespace = SharedRedis.newNamespace();
  private final RedisCommands<String, String> commands = redis.commands(server);
  private final RedisConnection connection = redis.open(SharedRedis.config(server, namespace));
  private final RedisCache cache = RedisCache.on(connection);
  private final Instant now = Instant.now();
  private final RateLimiter limiter = RedisRateLimiter.on(connection, () -> now);

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private String keyOf(String kind, String name, String hidden) {
    return new String(connection.keys().of(kind, name, hidden), UTF_8);
  }

  @Test
  void cannotPutAValueUnderAKey() {
    cache.put(SPACE, "ferry", bytes("ours"));
    cache.put(SPACE, "bread", bytes("ours too"));
    String ferry = keyOf("cache", "space", "ferry");
    assertThat(commands.exists(ferry)).isEqualTo(1);

    commands.set(ferry, "theirs, and longer than any seal could be, so that it might be one");
    assertThat(cache.get(SPACE, "ferry")).isEmpty();
    commands.rename(keyOf("cache", "space", "bread"), ferry);
    assertThat(cache.get(SPACE, "ferry")).isEmpty();

    cache.put(SPACE, "ferry", bytes("ours"));
    assertThat(cache.get(SPACE, "ferry")).contains(bytes("ours"));
  }

  @Test
  void cannotFillTheMemoryWithAHugeValue() {
    limiter.take(FIVE, "ada");
    String bucket = commands.keys("parley:" + namespace + ":rate:*").getFirst();
    commands.setrange(keyOf("cache", "space", "ferry"), 64 << 20, "x");
    commands.setrange(bucket, 64 << 20, "x");
    commands.configResetstat();

    assertThat(cache.get(SPACE, "ferry")).isEmpty();
    assertThat(limiter.take(FIVE, "ada")).isInstanceOf(Admitted.class);

    String sent = commands.info("stats").replaceAll("(?s).*total_net_output_bytes:(\\d+).*", "$1");
    assertThat(Long.parseLong(sent)).isLessThan(16 << 20);
  }

  @Test
  void cannotBreakTheCountingWithAStateThatAsksForGigabytes() {
    String poison =
        "local s = redis.call('get', KEYS[1]); local i = tonumber(ARGV[1]);"
            + " redis.call('set', KEYS[1], s:sub(1, i)..string.char(127,255,255,240)..s:sub(i+5));"
            + " return #s";
    limiter.take(FIVE, "ada");
    String bucket = commands.keys("parley:" + namespace + ":rate:*").getFirst();

    for (int i = 0; i < STATE; i++) {
      limiter.take(FIVE, "ada");
      commands.eval(poison, ScriptOutputType.INTEGER, new String[] {bucket}, Integer.toString(i));

      assertThat(limiter.take(FIVE, "ada")).as("at %s", i).isNotNull();
    }
  }

  @Test
  void cannotGiveOneCallerTheBucketOfAnother() {
    for (int i = 0; i < 5; i++) {
      limiter.take(FIVE, "ada");
    }
    assertThat(limiter.take(FIVE, "ada")).isInstanceOf(Refused.class);
    String ada = commands.keys("parley:" + namespace + ":rate:*").getFirst();
    limiter.take(FIVE, "bob");
    String bob =
        commands.keys("parley:" + namespace + ":rate:*").stream()
            .filter(key -> !key.equals(ada))
            .findFirst()
            .orElseThrow();

    commands.rename(ada, bob);

    assertThat(limiter.take(FIVE, "bob")).isInstanceOf(Admitted.class);
    assertThat(limiter.take(FIVE, "bob")).isInstanceOf(Admitted.class);
  }
}
