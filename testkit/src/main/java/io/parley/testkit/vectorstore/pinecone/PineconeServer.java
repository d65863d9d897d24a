package io.parley.testkit.vectorstore.pinecone;

import com.sun.net.httpserver.HttpServer;
import io.parley.testkit.vectorstore.wire.WireFaults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;

/**
 * Pinecone's protocols over real connections, with everything in memory: indexes are made and
 * described over HTTP, and each has vectors of its own over gRPC. It keeps Pinecone's rules where
 * an adapter may trip over them: nothing without the key, at most 2 MB and 1,000 vectors an upsert,
 * 40 KB of flat metadata a vector, filters with Pinecone's operators only, a new index that is not
 * ready at once, and reads that see what was written some time after it was accepted.
 */
public final class PineconeServer implements AutoCloseable {
  private final HttpServer http;
  private final IndexRequests requests;
  private final Map<String, ServedIndex> indexes = new ConcurrentSkipListMap<>();
  private final WireFaults faults = new WireFaults();
  private final String key;
  private volatile Duration delay = Duration.ZERO;

  private PineconeServer(String key) {
    this.key = key;
    this.requests = new IndexRequests(this, key);
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.createContext("/", requests);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.start();
  }

  /** Starts one on free ports. */
  public static PineconeServer start(String key) {
    return new PineconeServer(key);
  }

  /** Where indexes are made and described. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  /** How long after it was accepted a change is seen; at once to begin with. */
  public PineconeServer withDelay(Duration value) {
    delay = value;
    return this;
  }

  Duration delay() {
    return delay;
  }

  /** What calls about vectors are to do wrong. */
  public WireFaults faults() {
    return faults;
  }

  /** The next requests about indexes are answered with a status instead. */
  public void refuseNext(int times, int status) {
    requests.refuseNext(times, status);
  }

  /** The names of its indexes. */
  public List<String> indexes() {
    return List.copyOf(indexes.keySet());
  }

  /** The chunks of an index with their metadata as text, of all namespaces; stamps are left out. */
  public Map<String, String> vectors(String index) {
    return find(index).map(served -> served.vectors().printed()).orElse(Map.of());
  }

  /** Takes an index away behind everybody's back. */
  public void lose(String index) {
    Optional.ofNullable(indexes.remove(index)).ifPresent(ServedIndex::close);
  }

  Optional<ServedIndex> find(String index) {
    return Optional.ofNullable(indexes.get(index));
  }

  /** False when there is one of the name. */
  boolean make(String name, int dimension, String metric) {
    ServedIndex made = ServedIndex.start(name, dimension, metric, key, faults, this::delay);
    if (indexes.putIfAbsent(name, made) == null) {
      return true;
    }
    made.close();
    return false;
  }

  @Override
  public void close() {
    http.stop(0);
    indexes.values().forEach(ServedIndex::close);
  }
}
