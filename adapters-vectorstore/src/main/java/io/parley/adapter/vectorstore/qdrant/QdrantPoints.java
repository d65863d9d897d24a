package io.parley.adapter.vectorstore.qdrant;

import io.parley.adapter.vectorstore.remote.UnitVectors;
import io.parley.domain.document.ChunkId;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import io.parley.domain.retrieval.IndexedVector;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.DenseVector;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsIdsList;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.Vectors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Writes points, in parts that one call can carry, and returns when they can be searched. */
final class QdrantPoints {
  private static final int BYTES_AT_ONCE = 4 << 20;
  private static final int POINTS_AT_ONCE = 500;

  private final QdrantCalls calls;
  private final String collection;
  private final int dimension;

  QdrantPoints(QdrantCalls calls, String collection, int dimension) {
    this.calls = calls;
    this.collection = collection;
    this.dimension = dimension;
  }

  void upsert(Collection<IndexedVector> chunks) {
    List<PointStruct> some = new ArrayList<>();
    int bytes = 0;
    for (IndexedVector chunk : chunks) {
      PointStruct point = point(chunk);
      if (some.size() == POINTS_AT_ONCE || bytes + point.getSerializedSize() > BYTES_AT_ONCE) {
        send(some);
        some = new ArrayList<>();
        bytes = 0;
      }
      some.add(point);
      bytes += point.getSerializedSize();
    }
    send(some);
  }

  private void send(List<PointStruct> points) {
    if (points.isEmpty()) {
      return;
    }
    UpsertPoints upsert =
        UpsertPoints.newBuilder()
            .setCollectionName(collection)
            .setWait(true)
            .addAllPoints(points)
            .build();
    applied(() -> calls.change(client -> client.points().upsert(upsert)));
  }

  private PointStruct point(IndexedVector chunk) {
    float[] unit = UnitVectors.of(chunk.vector(), dimension, QdrantCalls.BACKEND);
    DenseVector.Builder dense = DenseVector.newBuilder();
    for (float number : unit) {
      dense.addData(number);
    }
    return PointStruct.newBuilder()
        .setId(id(chunk.id()))
        .setVectors(Vectors.newBuilder().setVector(Vector.newBuilder().setDense(dense)))
        .putAllPayload(Payload.of(chunk.attributes()))
        .build();
  }

  void delete(Filter filter) {
    delete(PointsSelector.newBuilder().setFilter(filter).build());
  }

  void delete(List<ChunkId> chunks) {
    if (!chunks.isEmpty()) {
      PointsIdsList ids =
          PointsIdsList.newBuilder()
              .addAllIds(chunks.stream().map(QdrantPoints::id).toList())
              .build();
      delete(PointsSelector.newBuilder().setPoints(ids).build());
    }
  }

  private void delete(PointsSelector selector) {
    DeletePoints delete =
        DeletePoints.newBuilder()
            .setCollectionName(collection)
            .setWait(true)
            .setPoints(selector)
            .build();
    applied(() -> calls.change(client -> client.points().delete(delete)));
  }

  /** What is only accepted may be lost, and is not found yet: the change is to be made again. */
  private static void applied(Supplier<PointsOperationResponse> change) {
    UpdateStatus status = change.get().getResult().getStatus();
    if (status != UpdateStatus.Completed) {
      throw new PortFailure(
          Kind.TIMEOUT,
          QdrantCalls.BACKEND,
          "Qdrant has accepted a change and not applied it (" + status + "). Try again later.",
          null);
    }
  }

  static PointId id(ChunkId chunk) {
    return PointId.newBuilder().setUuid(chunk.toString()).build();
  }

  /** Empty for a point that is none of Parley's. */
  static Optional<ChunkId> chunk(PointId id) {
    try {
      return id.hasUuid()
          ? Optional.of(new ChunkId(UUID.fromString(id.getUuid())))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
