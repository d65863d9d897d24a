package io.parley.testkit.vectorstore.qdrant;

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
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Qdrant's protocol over a real connection, with everything in memory: collections, points, filters
 * on payloads, scrolling, cosines searched as bytes and scored again. It keeps Qdrant's rules where
 * an adapter may trip over them: nothing without the key, nothing into a collection of another
 * dimension, no filter without an index when it is strict, equal scores in no order of ids.
 */
public final class QdrantServer implements AutoCloseable {
  private static final Metadata.Key<String> API_KEY =
      Metadata.Key.of("api-key", Metadata.ASCII_STRING_MARSHALLER);

  private final QdrantState state;
  private final WireFaults faults = new WireFaults();
  private final Server server;

  private QdrantServer(int port, @Nullable String key, boolean strict) {
    state = new QdrantState(strict);
    try {
      server =
          Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
              .maxInboundMessageSize(64 << 20)
              .executor(Executors.newVirtualThreadPerTaskExecutor())
              .addService(new CollectionsService(state))
              .addService(new PointsService(state))
              .intercept(faults)
              .intercept(new KeyCheck(key))
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts one on a free port that asks for no key. */
  public static QdrantServer start() {
    return new QdrantServer(0, null, false);
  }

  /** Starts one that asks for a key. */
  public static QdrantServer startWithKey(String key) {
    return new QdrantServer(0, key, false);
  }

  /** Starts one whose collections refuse filters without an index unless they say otherwise. */
  public static QdrantServer startStrict() {
    return new QdrantServer(0, null, true);
  }

  /** Where it listens. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  /** What it is to do wrong. */
  public WireFaults faults() {
    return faults;
  }

  /** The names of its collections. */
  public List<String> collections() {
    return state.names();
  }

  /** The points of a collection with their payloads as text; empty when it is not there. */
  public Map<String, String> points(String collection) {
    return state.find(collection).map(StoredCollection::printed).orElse(Map.of());
  }

  /** Takes a collection away behind everybody's back. */
  public void lose(String collection) {
    state.remove(collection);
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

  private record KeyCheck(@Nullable String key) implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      if (key == null || key.equals(headers.get(API_KEY))) {
        return next.startCall(call, headers);
      }
      call.close(Status.UNAUTHENTICATED.withDescription("Invalid API key"), new Metadata());
      return new ServerCall.Listener<>() {};
    }
  }
}
