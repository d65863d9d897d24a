package io.parley.testkit.vectorstore.qdrant;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.CollectionExists;
import io.qdrant.client.grpc.Collections.CollectionExistsRequest;
import io.qdrant.client.grpc.Collections.CollectionExistsResponse;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CollectionOperationResponse;
import io.qdrant.client.grpc.Collections.CollectionParams;
import io.qdrant.client.grpc.Collections.CollectionStatus;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.DeleteCollection;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.GetCollectionInfoResponse;
import io.qdrant.client.grpc.CollectionsGrpc;

/** Makes, describes and removes collections. */
final class CollectionsService extends CollectionsGrpc.CollectionsImplBase {
  private final QdrantState state;

  CollectionsService(QdrantState state) {
    this.state = state;
  }

  @Override
  public void create(CreateCollection asked, StreamObserver<CollectionOperationResponse> caller) {
    QdrantState.answer(
        caller,
        () -> {
          if (!state.add(asked.getCollectionName(), new StoredCollection(asked, state.strict))) {
            throw Status.INVALID_ARGUMENT
                .withDescription(
                    "Wrong input: Collection `" + asked.getCollectionName() + "` already exists!")
                .asRuntimeException();
          }
          return CollectionOperationResponse.newBuilder().setResult(true).build();
        });
  }

  @Override
  public void delete(DeleteCollection asked, StreamObserver<CollectionOperationResponse> caller) {
    QdrantState.answer(
        caller,
        () ->
            CollectionOperationResponse.newBuilder()
                .setResult(state.remove(asked.getCollectionName()))
                .build());
  }

  @Override
  public void collectionExists(
      CollectionExistsRequest asked, StreamObserver<CollectionExistsResponse> caller) {
    QdrantState.answer(
        caller,
        () ->
            CollectionExistsResponse.newBuilder()
                .setResult(
                    CollectionExists.newBuilder()
                        .setExists(state.find(asked.getCollectionName()).isPresent()))
                .build());
  }

  @Override
  public void get(
      GetCollectionInfoRequest asked, StreamObserver<GetCollectionInfoResponse> caller) {
    QdrantState.answer(
        caller,
        () ->
            GetCollectionInfoResponse.newBuilder()
                .setResult(info(state.require(asked.getCollectionName())))
                .build());
  }

  private static CollectionInfo info(StoredCollection collection) {
    CreateCollection made = collection.made();
    return CollectionInfo.newBuilder()
        .setStatus(CollectionStatus.Green)
        .setPointsCount(collection.size())
        .setConfig(
            CollectionConfig.newBuilder()
                .setQuantizationConfig(made.getQuantizationConfig())
                .setStrictModeConfig(made.getStrictModeConfig())
                .setParams(CollectionParams.newBuilder().setVectorsConfig(made.getVectorsConfig())))
        .putAllPayloadSchema(collection.schema())
        .build();
  }
}
