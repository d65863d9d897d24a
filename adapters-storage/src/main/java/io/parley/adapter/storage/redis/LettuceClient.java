package io.parley.adapter.storage.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Lettuce as it is used here: few threads, bounded queues and waits, names looked up as the rest of
 * Java does. It neither connects again by itself nor sends anything twice.
 */
record LettuceClient(RedisClient client, ClientResources resources, RedisURI uri)
    implements AutoCloseable {
  private static final int THREADS = 2;
  private static final int WAITING = 10_000;
  private static final long END_SECONDS = 2;

  static LettuceClient of(RedisConfig config) {
    ClientResources resources =
        ClientResources.builder()
            .ioThreadPoolSize(THREADS)
            .computationThreadPoolSize(THREADS)
            .addressResolverGroup(DefaultAddressResolverGroup.INSTANCE)
            .commandLatencyRecorder(CommandLatencyRecorder.disabled())
            .build();
    RedisClient client = RedisClient.create(resources);
    client.setOptions(options(config));
    return new LettuceClient(client, resources, uri(config));
  }

  private static ClientOptions options(RedisConfig config) {
    return ClientOptions.builder()
        .autoReconnect(false)
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .requestQueueSize(WAITING)
        .maintNotificationsConfig(MaintNotificationsConfig.disabled())
        .socketOptions(
            SocketOptions.builder()
                .connectTimeout(config.connectTimeout())
                .keepAlive(true)
                .tcpNoDelay(true)
                .build())
        .timeoutOptions(TimeoutOptions.enabled(config.commandTimeout()))
        .build();
  }

  private static RedisURI uri(RedisConfig config) {
    RedisUrl url = config.url();
    RedisURI.Builder uri =
        RedisURI.builder()
            .withHost(url.host())
            .withPort(url.port())
            .withSsl(url.tls())
            .withDatabase(url.database())
            .withClientName("parley")
            .withTimeout(config.connectTimeout());
    if (url.password() != null && url.user().isEmpty()) {
      uri.withPassword(url.password().reveal().toCharArray());
    } else if (url.password() != null) {
      uri.withAuthentication(url.user(), url.password().reveal().toCharArray());
    }
    return uri.build();
  }

  CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connect() {
    try {
      return client.connectAsync(ByteArrayCodec.INSTANCE, uri).toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void close() {
    client.shutdown(0, END_SECONDS, TimeUnit.SECONDS);
    resources
        .shutdown(0, END_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(END_SECONDS, TimeUnit.SECONDS);
  }
}
