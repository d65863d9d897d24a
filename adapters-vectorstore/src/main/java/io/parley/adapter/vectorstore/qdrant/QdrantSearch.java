package io.parley.adapter.vectorstore.qdrant;

import io.parley.adapter.vectorstore.remote.BestFirst;
import io.parley.domain.retrieval.ScoredChunk;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.DenseVector;
import io.qdrant.client.grpc.Points.QuantizationSearchParams;
import io.qdrant.client.grpc.Points.Query;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.SearchParams;
import io.qdrant.client.grpc.Points.VectorInput;
import java.util.List;
import java.util.Optional;

/**
 * Asks for the nearest points. Vectors are searched as bytes, twice as many as wanted, and scored
 * again by their numbers.
 */
final class QdrantSearch {
  private static final double OVERSAMPLING = 2;
  private static final int LEAST_BEAM = 128;

  private final QdrantCalls calls;
  private final String collection;

  QdrantSearch(QdrantCalls calls, String collection) {
    this.calls = calls;
    this.collection = collection;
  }

  /** Best first. The graph may give too few, or not all that are equally good. */
  List<ScoredChunk> nearest(float[] unit, int limit, Filter filter) {
    VectorInput input = input(unit);
    return new BestFirst(QdrantCalls.BACKEND, limit)
        .of(size -> {
          List<Optional<ScoredChunk>> found = query(input, size, filter, false);
          return found.size() < limit ? query(input, size, filter, true) : found;
        });
  }

  private List<Optional<ScoredChunk>> query(
      VectorInput input, int size, Filter filter, boolean exact) {
    SearchParams.Builder params =
        SearchParams.newBuilder()
            .setExact(exact)
            .setHnswEf(Math.max(LEAST_BEAM, size))
            .setQuantization(
                QuantizationSearchParams.newBuilder()
                    .setRescore(true)
                    .setOversampling(OVERSAMPLING));
    QueryPoints query =
        QueryPoints.newBuilder()
            .setCollectionName(collection)
            .setQuery(Query.newBuilder().setNearest(input))
            .setFilter(filter)
            .setParams(params)
            .setLimit(size)
            .build();
    return calls.search(client -> client.points().query(query)).getResultList().stream()
        .map(QdrantSearch::scored)
        .toList();
  }

  private static Optional<ScoredChunk> scored(ScoredPoint point) {
    return QdrantPoints.chunk(point.getId()).map(id -> new ScoredChunk(id, point.getScore()));
  }

  private static VectorInput input(float[] unit) {
    DenseVector.Builder dense = DenseVector.newBuilder();
    for (float number : unit) {
      dense.addData(number);
    }
    return VectorInput.newBuilder().setDense(dense).build();
  }
}
