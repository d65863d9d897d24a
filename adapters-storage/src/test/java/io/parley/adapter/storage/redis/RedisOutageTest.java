package io.parley.adapter.storage.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.lettuce.core.api.sync.RedisCommands;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import io.parley.domain.port.storage.CacheSpace;
import io.parley.domain.port.storage.RateDecision.Admitted;
import io.parley.domain.port.storage.RateLimit;
import io.parley.domain.port.storage.RateLimiter;
import io.parley.testkit.storage.LocalRedis;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Redis gone, full or read-only: slower, never wrong, and used again when it is back. */
class RedisOutageTest {
  private static final CacheSpace SPACE = new CacheSpace("space", Duration.ofHours(1));
  private static final RateLimit FIVE = RateLimit.perMinute("five", 5);
  private static final byte[] VALUE = "value".getBytes(UTF_8);

  @RegisterExtension private final SharedRedis redis = new SharedRedis();
  private final Instant now = Instant.now();

  private LocalRedis own(String... settings) {
    return redis.keep(SharedRedis.required(LocalRedis.tryStart(settings)));
  }

  private RedisConnection open(LocalRedis server) {
    return redis.open(SharedRedis.config(server, SharedRedis.newNamespace()));
  }

  private static boolean keeps(RedisCache cache) {
    cache.put(SPACE, "ferry", VALUE);
    return cache.get(SPACE, "ferry").isPresent();
  }

  private static long admitted(RateLimiter limiter, String caller, int times) {
    long admitted = 0;
    for (int i = 0; i < times; i++) {
      admitted += limiter.take(FIVE, caller) instanceof Admitted ? 1 : 0;
    }
    return admitted;
  }

  private static void assertUnusable(RedisConnection connection, Kind kind) {
    assertThatThrownBy(connection::requireUsable)
        .asInstanceOf(type(PortFailure.class))
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(kind))
        .satisfies(failure -> assertThat(failure.sentence()).contains("Redis at 127.0.0.1:"));
  }

  @Test
  void aCacheWithoutRedisIsEmptyAndFullAgainWhenItIsBack() {
    LocalRedis server = own();
    RedisConnection connection = open(server);
    RedisCache cache = RedisCache.on(connection);
    assertThat(keeps(cache)).isTrue();

    server.stop();
    assertThat(cache.get(SPACE, "ferry")).isEmpty();
    cache.put(SPACE, "ferry", VALUE);
    cache.remove(SPACE, "ferry");
    assertUnusable(connection, Kind.UNAVAILABLE);

    server.startAgain();
    SharedRedis.await("Redis's return", () -> keeps(cache));
    connection.requireUsable();
  }

  @Test
  void withoutRedisEveryProcessKeepsTheLimitByItselfAndThenTogetherAgain() {
    LocalRedis server = own();
    RedisConfig config = SharedRedis.config(server, SharedRedis.newNamespace());
    RedisConnection first = redis.open(config);
    RedisConnection second = redis.open(config);
    RateLimiter one = RedisRateLimiter.on(first, () -> now);
    RateLimiter two = RedisRateLimiter.on(second, () -> now);
    assertThat(admitted(one, "ada", 3) + admitted(two, "ada", 3)).isEqualTo(5);

    server.stop();
    assertThat(admitted(one, "ada", 20)).isEqualTo(5);
    assertThat(admitted(two, "ada", 20)).isEqualTo(5);

    server.startAgain();
    first.requireUsable();
    second.requireUsable();
    assertThat(admitted(one, "ada", 3) + admitted(two, "ada", 3)).isEqualTo(5);
  }

  @Test
  void whatIsGivenBackWithoutRedisIsGivenBackInTheProcess() {
    LocalRedis server = own();
    RateLimiter limiter = RedisRateLimiter.on(open(server), () -> now);
    server.stop();
    assertThat(admitted(limiter, "ada", 20)).isEqualTo(5);

    limiter.giveBack(FIVE, "ada");

    assertThat(admitted(limiter, "ada", 20)).isEqualTo(1);
  }

  @Test
  void aRedisThatIsAwayAtTheStartIsUsedOnceItComes() {
    LocalRedis server = own();
    server.stop();
    RedisConnection connection = open(server);
    RedisCache cache = RedisCache.on(connection);
    assertThat(cache.get(SPACE, "ferry")).isEmpty();

    server.startAgain();

    SharedRedis.await("Redis", () -> keeps(cache));
  }

  @Test
  void aFullRedisKeepsNothingNewAndSaysSo() {
    LocalRedis server = own();
    RedisCommands<String, String> commands = redis.commands(server);
    RedisConnection connection = open(server);
    RedisCache cache = RedisCache.on(connection);
    RateLimiter limiter = RedisRateLimiter.on(connection, () -> now);
    assertThat(keeps(cache)).isTrue();
    commands.configSet("maxmemory", "1");

    cache.put(SPACE, "bread", VALUE);

    assertUnusable(connection, Kind.STORAGE_FULL);
    assertThat(cache.get(SPACE, "bread")).isEmpty();
    assertThat(cache.get(SPACE, "ferry")).contains(VALUE);
    assertThat(admitted(limiter, "ada", 20)).isEqualTo(5);
    commands.configSet("maxmemory", "0");
    assertThat(keeps(cache)).isTrue();
    connection.requireUsable();
    assertThat(admitted(limiter, "bob", 20)).isEqualTo(5);
  }

  @Test
  void aReplicaThatTakesNoWritesIsLeftAloneUntilItDoes() {
    LocalRedis server = own();
    RedisCommands<String, String> commands = redis.commands(server);
    RedisCache cache = RedisCache.on(open(server));
    RateLimiter limiter = RedisRateLimiter.on(open(server), () -> now);
    commands.replicaof("127.0.0.1", 1);

    assertThat(keeps(cache)).isFalse();
    assertThat(admitted(limiter, "ada", 20)).isEqualTo(5);

    commands.replicaofNoOne();
    SharedRedis.await("the primary", () -> keeps(cache));
  }

  @Test
  void aClosedConnectionIsARedisThatIsAway() {
    RedisConnection connection = open(SharedRedis.server());
    connection.close();
    assertThat(keeps(RedisCache.on(connection))).isFalse();
    assertThat(admitted(RedisRateLimiter.on(connection, () -> now), "ada", 20)).isEqualTo(5);
    connection.close();
  }
}
