package io.parley.adapter.vectorstore.qdrant;

import io.parley.domain.document.ChunkId;
import io.parley.domain.document.SourceId;
import io.parley.domain.port.Portion;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.WithPayloadSelector;
import io.qdrant.client.grpc.Points.WithVectorsSelector;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads which points there are; a point that is none of Parley's is not listed. */
final class QdrantListing {
  private static final int AT_ONCE = 1_000;
  private static final WithPayloadSelector NO_PAYLOAD =
      WithPayloadSelector.newBuilder().setEnable(false).build();
  private static final WithVectorsSelector NO_VECTORS =
      WithVectorsSelector.newBuilder().setEnable(false).build();

  private final QdrantCalls calls;
  private final String collection;

  QdrantListing(QdrantCalls calls, String collection) {
    this.calls = calls;
    this.collection = collection;
  }

  long count() {
    CountPoints count =
        CountPoints.newBuilder().setCollectionName(collection).setExact(true).build();
    return calls.search(client -> client.points().count(count)).getResult().getCount();
  }

  Set<ChunkId> of(SourceId source) {
    Set<ChunkId> all = new HashSet<>();
    ScrollPoints.Builder scroll = scroll(AT_ONCE).setFilter(QdrantFilters.of(source));
    ScrollResponse some = read(scroll);
    all.addAll(chunks(some));
    while (some.hasNextPageOffset()) {
      some = read(scroll.setOffset(some.getNextPageOffset()));
      all.addAll(chunks(some));
    }
    return all;
  }

  Portion<ChunkId> all(@Nullable String from, int limit) {
    ScrollPoints.Builder scroll = scroll(limit);
    if (from != null) {
      scroll.setOffset(offset(from));
    }
    ScrollResponse some = read(scroll);
    return new Portion<>(
        chunks(some), some.hasNextPageOffset() ? text(some.getNextPageOffset()) : null);
  }

  Map<ChunkId, Integer> held(Collection<ChunkId> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    GetPoints get =
        GetPoints.newBuilder()
            .setCollectionName(collection)
            .addAllIds(ids.stream().distinct().map(QdrantPoints::id).toList())
            .setWithPayload(NO_PAYLOAD)
            .setWithVectors(NO_VECTORS)
            .build();
    return calls.change(client -> client.points().get(get)).getResultList().stream()
        .flatMap(point -> QdrantPoints.chunk(point.getId()).stream())
        .filter(Set.copyOf(ids)::contains)
        .distinct()
        .collect(Collectors.toMap(Function.identity(), _ -> 1));
  }

  private ScrollPoints.Builder scroll(int limit) {
    return ScrollPoints.newBuilder()
        .setCollectionName(collection)
        .setLimit(limit)
        .setWithPayload(NO_PAYLOAD)
        .setWithVectors(NO_VECTORS);
  }

  private ScrollResponse read(ScrollPoints.Builder scroll) {
    return calls.change(client -> client.points().scroll(scroll.build()));
  }

  private static List<ChunkId> chunks(ScrollResponse some) {
    return some.getResultList().stream()
        .map(RetrievedPoint::getId)
        .flatMap(id -> QdrantPoints.chunk(id).stream())
        .toList();
  }

  /** Points of others may have numbers for ids. */
  private static String text(PointId id) {
    return id.hasUuid() ? id.getUuid() : "#" + Long.toUnsignedString(id.getNum());
  }

  private static PointId offset(String text) {
    return text.startsWith("#")
        ? PointId.newBuilder().setNum(Long.parseUnsignedLong(text.substring(1))).build()
        : PointId.newBuilder().setUuid(text).build();
  }
}
