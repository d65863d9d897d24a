package io.parley.adapter.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.parley.domain.port.Secret;
import io.parley.testkit.storage.LocalRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One Redis for all tests of a run, and what looks into it beside the adapter. */
final class SharedRedis implements AfterEachCallback {
  static final Secret SECRET = new Secret("a secret of thirty-two characters, or more");

  private static final Optional<LocalRedis> SERVER = LocalRedis.tryStart();

  private final List<AutoCloseable> opened = new ArrayList<>();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> SERVER.ifPresent(LocalRedis::close), "stop-redis"));
  }

  /** The test is skipped where Redis's binary does not run. */
  static LocalRedis required(Optional<LocalRedis> server) {
    assumeThat(server).as("The Redis of embedded-redis does not run on this machine.").isPresent();
    return server.orElseThrow();
  }

  static LocalRedis server() {
    return required(SERVER);
  }

  static String newNamespace() {
    return UUID.randomUUID().toString();
  }

  static RedisConfig config(LocalRedis server, String namespace) {
    RedisConfig standard = RedisConfig.of(RedisUrl.parse(server.url()), namespace, SECRET);
    return patient(standard, Duration.ofSeconds(5));
  }

  /** The same, and a slow machine is no outage. */
  static RedisConfig patient(RedisConfig config, Duration patience) {
    return new RedisConfig(
        config.url(),
        config.namespace(),
        config.keySecret(),
        patience,
        patience,
        Duration.ofMillis(50),
        config.largest());
  }

  RedisConnection open(RedisConfig config) {
    return keep(RedisConnection.open(config));
  }

  /** Commands beside the adapter. */
  RedisCommands<String, String> commands(LocalRedis server) {
    RedisClient client = RedisClient.create(server.url());
    opened.addFirst(client::shutdown);
    StatefulRedisConnection<String, String> connection = client.connect();
    return connection.sync();
  }

  <T extends AutoCloseable> T keep(T resource) {
    opened.addFirst(resource);
    return resource;
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
    opened.clear();
  }

  /** The same, and left alone for so long after a failure. */
  static RedisConfig resting(RedisConfig config, Duration rest) {
    return new RedisConfig(
        config.url(),
        config.namespace(),
        config.keySecret(),
        config.connectTimeout(),
        config.commandTimeout(),
        rest,
        config.largest());
  }

  static void await(String what, BooleanSupplier done) {
    Instant last = Instant.now().plusSeconds(60);
    while (!done.getAsBoolean()) {
      assertThat(Instant.now()).as("waiting for " + what).isBefore(last);
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
