package io.parley.testkit.vectorstore.qdrant;

import io.grpc.stub.StreamObserver;
import io.parley.testkit.vectorstore.qdrant.StoredCollection.StoredPoint;
import io.parley.testkit.vectorstore.wire.WireFaults;
import io.qdrant.client.grpc.Collections.PayloadSchemaInfo;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.CountResponse;
import io.qdrant.client.grpc.Points.CountResult;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.GetResponse;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.QueryResponse;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.PointsGrpc;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Writes, reads and searches points. */
final class PointsService extends PointsGrpc.PointsImplBase {
  private static final Duration LATER = Duration.ofMillis(100);

  private final QdrantState state;

  PointsService(QdrantState state) {
    this.state = state;
  }

  @Override
  public void upsert(UpsertPoints asked, StreamObserver<PointsOperationResponse> caller) {
    QdrantState.answer(
        caller,
        () -> {
          StoredCollection collection = state.require(asked.getCollectionName());
          return changed(asked.getWait(), () -> collection.put(asked.getPointsList()));
        });
  }

  @Override
  public void delete(DeletePoints asked, StreamObserver<PointsOperationResponse> caller) {
    QdrantState.answer(
        caller,
        () -> {
          StoredCollection collection = state.require(asked.getCollectionName());
          return changed(asked.getWait(), () -> remove(collection, asked));
        });
  }

  private static void remove(StoredCollection collection, DeletePoints asked) {
    if (asked.getPoints().hasFilter()) {
      collection.remove(asked.getPoints().getFilter());
    } else {
      collection.remove(asked.getPoints().getPoints().getIdsList());
    }
  }

  @Override
  public void createFieldIndex(
      CreateFieldIndexCollection asked, StreamObserver<PointsOperationResponse> caller) {
    QdrantState.answer(
        caller,
        () -> {
          StoredCollection collection = state.require(asked.getCollectionName());
          return changed(
              asked.getWait(),
              () -> collection.index(asked.getFieldName(), PayloadSchemaInfo.newBuilder().build()));
        });
  }

  /** Who does not wait is answered at once, and finds the change later. */
  private static PointsOperationResponse changed(boolean wait, Runnable change) {
    if (!WireFaults.isForgotten()) {
      if (wait) {
        change.run();
      } else {
        Thread.startVirtualThread(() -> later(change));
      }
    }
    return PointsOperationResponse.newBuilder()
        .setResult(
            UpdateResult.newBuilder()
                .setStatus(wait ? UpdateStatus.Completed : UpdateStatus.Acknowledged))
        .build();
  }

  private static void later(Runnable change) {
    try {
      Thread.sleep(LATER);
      change.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void count(CountPoints asked, StreamObserver<CountResponse> caller) {
    QdrantState.answer(
        caller,
        () ->
            CountResponse.newBuilder()
                .setResult(
                    CountResult.newBuilder()
                        .setCount(
                            state
                                .require(asked.getCollectionName())
                                .matching(asked.getFilter())
                                .count()))
                .build());
  }

  @Override
  public void get(GetPoints asked, StreamObserver<GetResponse> caller) {
    QdrantState.answer(
        caller,
        () ->
            GetResponse.newBuilder()
                .addAllResult(
                    state
                        .require(asked.getCollectionName())
                        .find(asked.getIdsList())
                        .map(PointsService::retrieved)
                        .toList())
                .build());
  }

  @Override
  public void scroll(ScrollPoints asked, StreamObserver<ScrollResponse> caller) {
    QdrantState.answer(caller, () -> scrolled(asked));
  }

  private ScrollResponse scrolled(ScrollPoints asked) {
    StoredCollection collection = state.require(asked.getCollectionName());
    Stream<StoredPoint> matching = collection.matching(asked.getFilter());
    if (asked.hasOffset()) {
      String first = StoredCollection.key(asked.getOffset());
      matching = matching.filter(point -> StoredCollection.key(point.id()).compareTo(first) >= 0);
    }
    List<StoredPoint> some = matching.limit(asked.getLimit() + 1L).toList();
    ScrollResponse.Builder answer = ScrollResponse.newBuilder();
    some.stream().limit(asked.getLimit()).map(PointsService::retrieved).forEach(answer::addResult);
    if (some.size() > asked.getLimit()) {
      answer.setNextPageOffset(some.getLast().id());
    }
    return answer.build();
  }

  private static RetrievedPoint retrieved(StoredPoint point) {
    return RetrievedPoint.newBuilder().setId(point.id()).build();
  }

  @Override
  public void query(QueryPoints asked, StreamObserver<QueryResponse> caller) {
    QdrantState.answer(
        caller,
        () ->
            QueryResponse.newBuilder()
                .addAllResult(new NearestPoints(state.require(asked.getCollectionName())).of(asked))
                .build());
  }
}
