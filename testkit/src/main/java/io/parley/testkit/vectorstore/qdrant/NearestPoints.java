package io.parley.testkit.vectorstore.qdrant;

import io.parley.testkit.vectorstore.qdrant.StoredCollection.StoredPoint;
import io.parley.testkit.vectorstore.wire.WireFault;
import io.parley.testkit.vectorstore.wire.WireFaults;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.QuantizationSearchParams;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.ScoredPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToDoubleFunction;

/** Searches by bytes and scores again by numbers, as a collection with scalar quantisation does. */
record NearestPoints(StoredCollection collection) {

  private record Scored(StoredPoint point, double score) {}

  List<ScoredPoint> of(QueryPoints asked) {
    float[] unit = collection.unit(asked.getQuery().getNearest().getDense().getDataList());
    List<StoredPoint> matching = collection.matching(asked.getFilter()).toList();
    QuantizationSearchParams bytes = asked.getParams().getQuantization();
    boolean exact = asked.getParams().getExact() || bytes.getIgnore();
    if (!exact) {
      double oversampling = bytes.getRescore() ? Math.max(1, bytes.getOversampling()) : 1;
      byte[] rough = bytes(unit);
      matching =
          best(
                  matching,
                  point -> dot(rough, bytes(point.vector())),
                  (long) Math.ceil(asked.getLimit() * oversampling))
              .stream()
              .map(Scored::point)
              .toList();
    }
    List<ScoredPoint> found = new ArrayList<>();
    for (Scored scored : best(matching, point -> dot(unit, point.vector()), asked.getLimit())) {
      found.add(
          ScoredPoint.newBuilder()
              .setId(scored.point().id())
              .setScore((float) scored.score())
              .build());
    }
    return distorted(found);
  }

  /** Equal scores come in the opposite order of their ids: nobody may rely on any. */
  private static List<Scored> best(
      List<StoredPoint> points, ToDoubleFunction<StoredPoint> score, long limit) {
    return points.stream()
        .map(point -> new Scored(point, score.applyAsDouble(point)))
        .sorted(
            Comparator.comparingDouble(Scored::score)
                .thenComparing(scored -> StoredCollection.key(scored.point().id()))
                .reversed())
        .limit(limit)
        .toList();
  }

  private static double dot(float[] a, float[] b) {
    float sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double dot(byte[] a, byte[] b) {
    int sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static byte[] bytes(float[] unit) {
    byte[] bytes = new byte[unit.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(unit[i] * 127);
    }
    return bytes;
  }

  private static List<ScoredPoint> distorted(List<ScoredPoint> found) {
    return switch (WireFaults.current().orElse(null)) {
      case WireFault.ScoresNothing _ ->
          found.stream().map(point -> point.toBuilder().setScore(Float.NaN).build()).toList();
      case WireFault.AddsForeignIds _ -> {
        List<ScoredPoint> more = new ArrayList<>(found);
        for (PointId id :
            List.of(
                PointId.newBuilder().setNum(7).build(),
                PointId.newBuilder().setUuid(UUID.randomUUID().toString()).build())) {
          more.add(ScoredPoint.newBuilder().setId(id).setScore(1).putAllPayload(Map.of()).build());
        }
        yield more;
      }
      case null, default -> found;
    };
  }
}
