package io.parley.adapter.vectorstore.pinecone;

import com.google.protobuf.Struct;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import io.pinecone.proto.FetchRequest;
import io.pinecone.proto.FetchResponse;
import io.pinecone.proto.QueryRequest;
import io.pinecone.proto.UpsertRequest;
import io.pinecone.proto.Vector;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Waits until reads see what was written: Pinecone applies the changes of a namespace in their
 * order, but some time after it has accepted them. After the changes a stamp is written, and asked
 * for until a query and a read by id find it.
 */
final class Freshness {
  /** The vector that carries the stamp; no chunk has such an id, and no bot is named beside it. */
  static final String STAMP = "parley-stamp";

  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  private final PineconeCalls calls;
  private final int dimension;
  private final Duration longest;

  Freshness(PineconeCalls calls, int dimension, Duration longest) {
    this.calls = calls;
    this.dimension = dimension;
    this.longest = longest;
  }

  /** Returns when reads of the namespaces see everything that was written to them before. */
  void await(Set<String> namespaces) {
    String stamp = UUID.randomUUID().toString();
    namespaces.forEach(namespace -> write(namespace, stamp));
    long deadline = System.nanoTime() + longest.toNanos();
    namespaces.forEach(namespace -> await(namespace, stamp, deadline));
  }

  private void write(String namespace, String stamp) {
    Vector vector =
        Vector.newBuilder()
            .setId(STAMP)
            .addAllValues(direction())
            .setMetadata(Struct.newBuilder().putFields("stamp", PineconeMetadata.text(stamp)))
            .build();
    UpsertRequest upsert =
        UpsertRequest.newBuilder().setNamespace(namespace).addVectors(vector).build();
    calls.change(stub -> stub.upsert(upsert));
  }

  private Iterable<Float> direction() {
    Float[] numbers = new Float[dimension];
    Arrays.fill(numbers, 0f);
    numbers[0] = 1f;
    return List.of(numbers);
  }

  private void await(String namespace, String stamp, long deadline) {
    Duration pause = FIRST_PAUSE;
    while (!isSeen(namespace, stamp)) {
      if (System.nanoTime() > deadline) {
        throw PineconeFailures.failure(
            Kind.TIMEOUT,
            "Pinecone has accepted a change and does not show it yet. Try again later.",
            null);
      }
      Pauses.of(pause);
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
  }

  private boolean isSeen(String namespace, String stamp) {
    QueryRequest query =
        QueryRequest.newBuilder()
            .setNamespace(namespace)
            .addAllVector(direction())
            .setTopK(1)
            .setFilter(PineconeFilters.equal("stamp", PineconeMetadata.text(stamp)))
            .build();
    return calls.change(stub -> stub.query(query)).getMatchesCount() > 0
        && stamp.equals(stampOf(namespace));
  }

  /** Whether anything was ever written by this class to the namespace and can be read. */
  boolean isStamped(String namespace) {
    return !stampOf(namespace).isEmpty();
  }

  private String stampOf(String namespace) {
    FetchRequest fetch = FetchRequest.newBuilder().setNamespace(namespace).addIds(STAMP).build();
    return fetched(fetch)
        .getVectorsOrDefault(STAMP, Vector.getDefaultInstance())
        .getMetadata()
        .getFieldsOrDefault("stamp", PineconeMetadata.text(""))
        .getStringValue();
  }

  /** A namespace that was never written to may be missing: then nothing stands there. */
  private FetchResponse fetched(FetchRequest fetch) {
    try {
      return calls.change(stub -> stub.fetch(fetch));
    } catch (PortFailure e) {
      if (PineconeFailures.isMissing(e)) {
        return FetchResponse.getDefaultInstance();
      }
      throw e;
    }
  }
}
