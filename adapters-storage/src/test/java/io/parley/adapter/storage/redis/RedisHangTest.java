package io.parley.adapter.storage.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.api.sync.RedisCommands;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.storage.CacheSpace;
import io.parley.domain.port.storage.RateDecision;
import io.parley.domain.port.storage.RateDecision.Admitted;
import io.parley.domain.port.storage.RateDecision.Refused;
import io.parley.domain.port.storage.RateLimit;
import io.parley.domain.port.storage.RateLimiter;
import io.parley.testkit.storage.LocalRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Redis that does not answer costs one wait, and not one for each call. */
class RedisHangTest {
  private static final CacheSpace SPACE = new CacheSpace("space", Duration.ofHours(1));
  private static final RateLimit FIVE = RateLimit.perMinute("five", 5);

  @RegisterExtension private final SharedRedis redis = new SharedRedis();
  private final Instant now = Instant.now();

  private LocalRedis own() {
    return redis.keep(SharedRedis.required(LocalRedis.tryStart()));
  }

  private static boolean keeps(RedisCache cache) {
    cache.put(SPACE, "ferry", "value".getBytes(UTF_8));
    return cache.get(SPACE, "ferry").isPresent();
  }

  @Test
  void aRedisThatHangsIsAskedOnceAndUsedAgainWhenItAnswers() {
    LocalRedis server = own();
    RedisConfig config = SharedRedis.config(server, SharedRedis.newNamespace());
    RedisConnection connection = redis.open(SharedRedis.patient(config, Duration.ofMillis(300)));
    RedisCache cache = RedisCache.on(connection);
    SharedRedis.await("a value", () -> keeps(cache));

    redis.commands(server).clientPause(3_000);

    assertThat(cache.get(SPACE, "ferry")).isEmpty();
    assertThatThrownBy(connection::requireUsable)
        .isInstanceOfSatisfying(
            PortFailure.class, e -> assertThat(e.kind()).isEqualTo(PortFailure.Kind.TIMEOUT));
    SharedRedis.await("its answer", () -> keeps(cache));
  }

  @Test
  void aRedisThatHangsIsSentOneCommandAndNotOneForEachCall() {
    LocalRedis server = own();
    RedisCommands<String, String> commands = redis.commands(server);
    RedisConfig config = SharedRedis.config(server, SharedRedis.newNamespace());
    RedisConfig hasty = SharedRedis.patient(config, Duration.ofMillis(300));
    RedisCache cache = RedisCache.on(redis.open(SharedRedis.resting(hasty, Duration.ofHours(1))));
    commands.configResetstat();
    commands.clientPause(2_000);

    for (int i = 0; i < 10; i++) {
      assertThat(cache.get(SPACE, "ferry")).isEmpty();
    }

    String counted = commands.info("commandstats"); // answered when the pause is over
    assertThat(counted).doesNotContainPattern("cmdstat_get:calls=([2-9]|1\\d)");
  }

  @Test
  void aDeadRedisCostsOneWaitAndNotOneForEachCall() throws IOException {
    List<Socket> accepted = new CopyOnWriteArrayList<>();
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> acceptAll(silent, accepted));
      RedisUrl url = RedisUrl.parse("redis://127.0.0.1:" + silent.getLocalPort());
      RedisConfig hasty =
          SharedRedis.patient(
              RedisConfig.of(url, "silent", SharedRedis.SECRET), Duration.ofMillis(200));
      RedisConnection connection = redis.open(SharedRedis.resting(hasty, Duration.ofHours(1)));
      RedisCache cache = RedisCache.on(connection);
      RateLimiter limiter = RedisRateLimiter.on(connection, () -> now);
      int atTheStart = accepted.size();

      for (int i = 0; i < 1_000; i++) {
        assertThat(cache.get(SPACE, "ferry")).isEmpty();
      }
      for (int i = 0; i < 5; i++) {
        assertThat(limiter.take(FIVE, "ada")).isInstanceOf(Admitted.class);
      }
      for (int i = 0; i < 1_000; i++) {
        assertThat(limiter.take(FIVE, "ada")).isInstanceOf(Refused.class);
      }

      assertThat(accepted).hasSize(atTheStart).hasSizeBetween(1, 2);
    }
  }

  @Test
  void aSlowRedisDoesNotMakeTheRequestsOfOneCallerQueue() throws Exception {
    RateLimit plenty = RateLimit.perMinute("plenty", 1_000);
    try (SlowFront front = SlowFront.before(own().port(), Duration.ofMillis(150));
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      RedisConfig config = RedisConfig.of(RedisUrl.parse(front.url()), "slow", SharedRedis.SECRET);
      RedisConnection connection = redis.open(SharedRedis.patient(config, Duration.ofMillis(500)));
      connection.requireUsable();
      RateLimiter limiter = RedisRateLimiter.on(connection, () -> now);

      List<RateDecision> decisions = new ArrayList<>();
      for (Future<RateDecision> each :
          callers.invokeAll(
              Collections.<Callable<RateDecision>>nCopies(20, () -> limiter.take(plenty, "ada")))) {
        decisions.add(each.get());
      }

      assertThat(decisions).hasSize(20).allMatch(Admitted.class::isInstance);
      assertThat(Set.copyOf(decisions)).as("some are counted in the process").hasSizeLessThan(20);
    }
  }

  private static void acceptAll(ServerSocket silent, List<Socket> accepted) {
    try {
      while (true) {
        accepted.add(silent.accept());
      }
    } catch (IOException e) {
      // the test is over
    }
  }
}
