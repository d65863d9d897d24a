package io.parley.testkit.vectorstore.pinecone;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.parley.testkit.vectorstore.wire.WireFaults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** One index, with a port of its own for its vectors; not ready when it is first described. */
final class ServedIndex implements AutoCloseable {
  private static final int LOOKS_UNTIL_READY = 1;

  private final String name;
  private final int dimension;
  private final String metric;
  private final IndexVectors vectors;
  private final Server server;
  private final AtomicInteger looks = new AtomicInteger();

  private ServedIndex(
      String name, int dimension, String metric, IndexVectors vectors, Server server) {
    this.name = name;
    this.dimension = dimension;
    this.metric = metric;
    this.vectors = vectors;
    this.server = server;
  }

  static ServedIndex start(
      String name,
      int dimension,
      String metric,
      String key,
      WireFaults faults,
      Supplier<Duration> delay) {
    IndexVectors vectors = new IndexVectors(dimension, delay);
    try {
      Server server =
          Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
              .maxInboundMessageSize(64 << 20)
              .executor(Executors.newVirtualThreadPerTaskExecutor())
              .addService(new VectorService(vectors))
              .intercept(faults)
              .intercept(new KeyCheck(key))
              .build()
              .start();
      return new ServedIndex(name, dimension, metric, vectors, server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  IndexVectors vectors() {
    return vectors;
  }

  /** As Pinecone describes an index. */
  String described() {
    boolean ready = looks.incrementAndGet() > LOOKS_UNTIL_READY;
    return """
    {"name":"%s","dimension":%d,"metric":"%s","host":"localhost:%d","vector_type":"dense",
     "deletion_protection":"disabled","spec":{"serverless":{"cloud":"aws","region":"us-east-1","read_capacity":{"mode":"OnDemand","status":{"state":"Ready"}}}},
     "status":{"ready":%s,"state":"%s"}}
    """
        .formatted(
            name, dimension, metric, server.getPort(), ready, ready ? "Ready" : "Initializing");
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record KeyCheck(String key) implements ServerInterceptor {
    private static final Metadata.Key<String> API_KEY =
        Metadata.Key.of("api-key", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      if (key.equals(headers.get(API_KEY))) {
        return next.startCall(call, headers);
      }
      call.close(Status.UNAUTHENTICATED.withDescription("Invalid API Key"), new Metadata());
      return new ServerCall.Listener<>() {};
    }
  }
}
