package io.parley.adapter.vectorstore.qdrant;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.parley.adapter.vectorstore.remote.Attempts;
import io.parley.adapter.vectorstore.remote.Breaker;
import io.parley.adapter.vectorstore.remote.GrpcFailures;
import io.parley.adapter.vectorstore.remote.Patience;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Secret;
import io.qdrant.client.QdrantGrpcClient;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One connection to Qdrant; every call has a deadline and is tried again where that may help. */
final class QdrantCalls implements AutoCloseable {
  static final String BACKEND = "Qdrant";
  private static final int LARGEST_ANSWER = 64 << 20;
  private static final GrpcFailures FAILURES = new GrpcFailures(BACKEND, "QDRANT_API_KEY");

  private final ManagedChannel channel;
  private final Line changing;
  private final Line searching;
  private final Breaker breaker = new Breaker(BACKEND);

  private QdrantCalls(QdrantVectorStoreConfig config, ManagedChannel channel) {
    this.channel = channel;
    this.changing = new Line(config, channel, config.changing());
    this.searching = new Line(config, channel, config.searching());
  }

  /** Connects when the first call is made. */
  static QdrantCalls open(QdrantVectorStoreConfig config) {
    ChannelCredentials credentials =
        config.isEncrypted() ? TlsChannelCredentials.create() : InsecureChannelCredentials.create();
    ManagedChannel channel =
        Grpc.newChannelBuilderForAddress(config.url().getHost(), config.port(), credentials)
            .maxInboundMessageSize(LARGEST_ANSWER)
            .build();
    return new QdrantCalls(config, channel);
  }

  /** For what nobody waits for. */
  <T> T change(Function<QdrantGrpcClient, Future<T>> call) {
    return changing.of(call);
  }

  /** For what somebody waits for. */
  <T> T search(Function<QdrantGrpcClient, Future<T>> call) {
    return searching.of(breaker, call);
  }

  /** Whether a failure means that the collection is not there. */
  static boolean isMissing(PortFailure failure) {
    return GrpcFailures.isMissing(failure);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Calls with one kind of patience. */
  private static final class Line {
    private final QdrantGrpcClient client;
    private final Patience patience;
    private final Attempts attempts;

    Line(QdrantVectorStoreConfig config, ManagedChannel channel, Patience patience) {
      QdrantGrpcClient.Builder builder =
          QdrantGrpcClient.newBuilder(channel, false, false).withTimeout(patience.call());
      Secret key = config.apiKey();
      this.client = key == null ? builder.build() : builder.withApiKey(key.reveal()).build();
      this.patience = patience;
      this.attempts = new Attempts(patience, FAILURES::of);
    }

    <T> T of(Function<QdrantGrpcClient, Future<T>> call) {
      return attempts.of(() -> answer(call.apply(client)));
    }

    <T> T of(Breaker breaker, Function<QdrantGrpcClient, Future<T>> call) {
      return attempts.of(breaker, () -> answer(call.apply(client)));
    }

    /** The deadline of the call ends the wait; the second one is for a client that hangs. */
    private <T> T answer(Future<T> future) throws Exception {
      try {
        return future.get(patience.call().toMillis() + 1_000, TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        throw FAILURES.of(e);
      } finally {
        future.cancel(true);
      }
    }
  }
}
