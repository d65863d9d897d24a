package io.parley.testkit.vectorstore.qdrant;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.PayloadSchemaInfo;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.PointStruct;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** The points of a collection, in the order of their ids. */
final class StoredCollection {
  private final CreateCollection made;
  private final boolean strict;
  private final Map<String, PayloadSchemaInfo> schema = new ConcurrentHashMap<>();
  private final NavigableMap<String, StoredPoint> points = new ConcurrentSkipListMap<>();

  /**
   * @param vector of length 1, as Qdrant keeps it for cosines
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record StoredPoint(PointStruct sent, float[] vector) {
    PointId id() {
      return sent.getId();
    }
  }

  StoredCollection(CreateCollection made, boolean strictByDefault) {
    this.made = made;
    this.strict = strictByDefault && !made.getStrictModeConfig().getUnindexedFilteringRetrieve();
  }

  CreateCollection made() {
    return made;
  }

  Map<String, PayloadSchemaInfo> schema() {
    return Map.copyOf(schema);
  }

  void index(String field, PayloadSchemaInfo info) {
    schema.put(field, info);
  }

  int size() {
    return points.size();
  }

  private VectorParams params() {
    return made.getVectorsConfig().getParams();
  }

  /** All or none. */
  void put(List<PointStruct> some) {
    some.forEach(point -> vector(point));
    some.forEach(point -> points.put(key(point.getId()), new StoredPoint(point, vector(point))));
  }

  private float[] vector(PointStruct point) {
    return unit(point.getVectors().getVector().getDense().getDataList());
  }

  /** In 32 bits, as Qdrant does it. */
  float[] unit(List<Float> numbers) {
    if (numbers.size() != params().getSize()) {
      throw wrong(
          "Vector dimension error: expected dim: "
              + params().getSize()
              + ", got "
              + numbers.size());
    }
    float square = 0;
    for (float number : numbers) {
      square += number * number;
    }
    float length = (float) Math.sqrt(square);
    float[] unit = new float[numbers.size()];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = length < Float.MIN_NORMAL ? numbers.get(i) : numbers.get(i) / length;
    }
    return unit;
  }

  void remove(List<PointId> ids) {
    ids.forEach(id -> points.remove(key(id)));
  }

  void remove(Filter filter) {
    Stream<StoredPoint> gone = matching(filter);
    remove(gone.map(StoredPoint::id).toList());
  }

  Stream<StoredPoint> matching(Filter filter) {
    if (strict) {
      PayloadMatch.fields(filter)
          .filter(field -> !schema.containsKey(field))
          .findFirst()
          .ifPresent(field -> {
            throw wrong("Index required but not found for \"" + field + "\"");
          });
    }
    return points.values().stream()
        .filter(point -> PayloadMatch.matches(filter, point.sent().getPayloadMap()));
  }

  Stream<StoredPoint> from(PointId first) {
    return points.tailMap(key(first), true).values().stream();
  }

  Stream<StoredPoint> find(List<PointId> ids) {
    return ids.stream().map(id -> points.get(key(id))).filter(point -> point != null);
  }

  Map<String, String> printed() {
    Map<String, String> printed = new LinkedHashMap<>();
    points
        .values()
        .forEach(
            point -> printed.put(point.id().getUuid(), point.sent().getPayloadMap().toString()));
    return printed;
  }

  /** Numbers before UUIDs, each in their order. */
  static String key(PointId id) {
    if (!id.hasUuid()) {
      return "0" + String.format("%020d", id.getNum());
    }
    try {
      return "1" + UUID.fromString(id.getUuid());
    } catch (IllegalArgumentException e) {
      throw wrong("Unable to parse UUID: " + id.getUuid());
    }
  }

  static StatusRuntimeException wrong(String why) {
    return Status.INVALID_ARGUMENT.withDescription("Wrong input: " + why).asRuntimeException();
  }
}
