package io.parley.testkit.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/**
 * A real Redis in a process of its own, on any free port, with nothing on disk. Needs {@code
 * com.github.codemonstur:embedded-redis} on the class path, which brings binaries for Linux, macOS
 * and Windows.
 */
public final class LocalRedis implements AutoCloseable {
  private final int port;
  private final List<String> settings;
  private @Nullable RedisServer server;

  private LocalRedis(int port, List<String> settings) {
    this.port = port;
    this.settings = settings;
  }

  /**
   * Starts one.
   *
   * @param settings lines of {@code redis.conf}, such as {@code requirepass secret}
   * @return empty where its binary does not run on this machine
   */
  public static Optional<LocalRedis> tryStart(String... settings) {
    try {
      LocalRedis redis = new LocalRedis(freePort(), List.of(settings));
      redis.startAgain();
      return Optional.of(redis);
    } catch (UncheckedIOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  private static int freePort() {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it answers, without a password: {@code redis://127.0.0.1:PORT}. */
  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  /** Ends it; what it held is gone. */
  public void stop() {
    try {
      if (server != null) {
        server.stop();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      server = null;
    }
  }

  /** Starts it, empty, where it was; nothing happens while it runs. */
  public void startAgain() {
    if (server != null) {
      return;
    }
    try {
      RedisServerBuilder builder =
          RedisServer.newRedisServer()
              .port(port)
              .setting("save \"\"")
              .setting("appendonly no")
              .soutListener(_ -> {})
              .serrListener(_ -> {});
      settings.forEach(builder::setting);
      RedisServer starting = builder.build();
      starting.start();
      server = starting;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
