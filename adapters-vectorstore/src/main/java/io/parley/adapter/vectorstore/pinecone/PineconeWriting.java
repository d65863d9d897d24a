package io.parley.adapter.vectorstore.pinecone;

import io.parley.adapter.vectorstore.remote.ChangeSteps;
import io.parley.adapter.vectorstore.remote.UnitVectors;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.SourceId;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.retrieval.IndexedVector;
import io.pinecone.proto.DeleteRequest;
import io.pinecone.proto.UpsertRequest;
import io.pinecone.proto.Vector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Writes changes, in parts that one call can carry, and notes where it has written. */
final class PineconeWriting implements ChangeSteps.Target {
  /** Pinecone takes 2 MB, and 1,000 vectors. */
  private static final int BYTES_AT_ONCE = 1_900_000;

  private static final int VECTORS_AT_ONCE = 1_000;
  private static final int IDS_AT_ONCE = 1_000;

  private final PineconeCalls calls;
  private final int dimension;
  private final Set<String> touched = new TreeSet<>();

  PineconeWriting(PineconeCalls calls, int dimension) {
    this.calls = calls;
    this.dimension = dimension;
  }

  /** The namespaces that were changed. */
  Set<String> touched() {
    return touched;
  }

  @Override
  public void add(Collection<IndexedVector> chunks) {
    Map<String, List<Vector>> byNamespace = new HashMap<>();
    for (IndexedVector chunk : chunks) {
      byNamespace
          .computeIfAbsent(Namespaces.of(chunk.attributes().bot()), _ -> new ArrayList<>())
          .add(vector(chunk));
    }
    byNamespace.forEach(this::upsert);
  }

  private void upsert(String namespace, List<Vector> vectors) {
    touched.add(namespace);
    UpsertRequest.Builder some = UpsertRequest.newBuilder().setNamespace(namespace);
    int bytes = 0;
    for (Vector vector : vectors) {
      int size = vector.getSerializedSize() + 8;
      if (some.getVectorsCount() == VECTORS_AT_ONCE || bytes + size > BYTES_AT_ONCE) {
        send(some);
        some.clearVectors();
        bytes = 0;
      }
      some.addVectors(vector);
      bytes += size;
    }
    send(some);
  }

  private void send(UpsertRequest.Builder some) {
    if (some.getVectorsCount() > 0) {
      UpsertRequest upsert = some.build();
      calls.change(stub -> stub.upsert(upsert));
    }
  }

  private Vector vector(IndexedVector chunk) {
    Vector.Builder vector =
        Vector.newBuilder()
            .setId(chunk.id().toString())
            .setMetadata(PineconeMetadata.of(chunk.attributes()));
    for (float number : UnitVectors.of(chunk.vector(), dimension, PineconeFailures.BACKEND)) {
      vector.addValues(number);
    }
    return vector.build();
  }

  /** Pinecone looks for up to 10,000 values in one filter. */
  @Override
  public void removeSources(Collection<SourceId> sources) {
    List<SourceId> all = List.copyOf(sources);
    for (int at = 0; at < all.size(); at += IDS_AT_ONCE) {
      List<SourceId> some = all.subList(at, Math.min(all.size(), at + IDS_AT_ONCE));
      everywhere(DeleteRequest.newBuilder().setFilter(PineconeFilters.of(some)));
    }
  }

  @Override
  public void remove(IndexChange<IndexedVector> change) {
    DeleteRequest.Builder delete = DeleteRequest.newBuilder();
    switch (change) {
      case IndexChange.Add<IndexedVector>(List<IndexedVector> chunks) -> add(chunks);
      case IndexChange.RemoveVersion<IndexedVector> gone ->
          everywhere(delete.setFilter(PineconeFilters.of(gone.ref())));
      case IndexChange.RemoveSource<IndexedVector>(SourceId source) ->
          removeSources(List.of(source));
      case IndexChange.RemoveChunks<IndexedVector>(List<ChunkId> chunks) -> {
        for (int at = 0; at < chunks.size(); at += IDS_AT_ONCE) {
          List<ChunkId> some = chunks.subList(at, Math.min(chunks.size(), at + IDS_AT_ONCE));
          everywhere(delete.clearIds().addAllIds(some.stream().map(ChunkId::toString).toList()));
        }
      }
    }
  }

  /** Empties every namespace, of what is not Parley's as well. */
  void removeAll() {
    everywhere(DeleteRequest.newBuilder().setDeleteAll(true));
  }

  private void everywhere(DeleteRequest.Builder delete) {
    for (String namespace : Namespaces.ALL) {
      if (delete(delete.setNamespace(namespace).build())) {
        touched.add(namespace);
      }
    }
  }

  /** False when there is no such namespace. */
  private boolean delete(DeleteRequest delete) {
    try {
      calls.change(stub -> stub.delete(delete));
      return true;
    } catch (PortFailure e) {
      if (PineconeFailures.isMissing(e)) {
        return false;
      }
      throw e;
    }
  }
}
