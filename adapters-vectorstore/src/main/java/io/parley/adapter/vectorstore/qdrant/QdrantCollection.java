package io.parley.adapter.vectorstore.qdrant;

import io.parley.adapter.vectorstore.remote.OrderedFields;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.DeleteCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.KeywordIndexParams;
import io.qdrant.client.grpc.Collections.PayloadIndexParams;
import io.qdrant.client.grpc.Collections.QuantizationConfig;
import io.qdrant.client.grpc.Collections.QuantizationType;
import io.qdrant.client.grpc.Collections.ScalarQuantization;
import io.qdrant.client.grpc.Collections.StrictModeConfig;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.FieldType;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The collection of a generation. It is made without indexes on its payload, and gets them before
 * the first change: one that has none was never written to.
 */
final class QdrantCollection {
  private static final Logger LOG = LoggerFactory.getLogger(QdrantCollection.class);
  private static final float QUANTILE = 0.99f;

  private final QdrantCalls calls;
  private final String name;
  private final int dimension;

  QdrantCollection(QdrantCalls calls, String name, int dimension) {
    this.calls = calls;
    this.name = name;
    this.dimension = dimension;
  }

  /** What Qdrant knows of it; empty when it is not there. */
  Optional<CollectionInfo> find() {
    try {
      return Optional.of(
          calls
              .change(client ->
                  client
                      .collections()
                      .get(GetCollectionInfoRequest.newBuilder().setCollectionName(name).build()))
              .getResult());
    } catch (PortFailure e) {
      if (QdrantCalls.isMissing(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whether anything may have been written to it. */
  static boolean isWritten(CollectionInfo info) {
    return info.getPayloadSchemaMap().containsKey(Payload.TENANT);
  }

  /**
   * Makes it when it is missing.
   *
   * @throws PortFailure {@code INVALID_CONFIGURATION} when it is one for other vectors
   */
  void ensure() {
    if (find().isEmpty()) {
      create();
    }
    requireFitting(find().orElseThrow(QdrantCollection::gone));
  }

  /** Another server may do the same at the same time. */
  private void create() {
    try {
      calls.change(client -> client.collections().create(wanted()));
      LOG.info("made the collection {} in Qdrant for {} dimensions", name, dimension);
    } catch (PortFailure e) {
      if (find().isEmpty()) {
        throw e;
      }
    }
  }

  private CreateCollection wanted() {
    VectorParams vectors =
        VectorParams.newBuilder()
            .setSize(dimension)
            .setDistance(Distance.Cosine)
            .setOnDisk(true)
            .build();
    ScalarQuantization bytes =
        ScalarQuantization.newBuilder()
            .setType(QuantizationType.Int8)
            .setQuantile(QUANTILE)
            .setAlwaysRam(true)
            .build();
    return CreateCollection.newBuilder()
        .setCollectionName(name)
        .setVectorsConfig(VectorsConfig.newBuilder().setParams(vectors))
        .setQuantizationConfig(QuantizationConfig.newBuilder().setScalar(bytes))
        .setOnDiskPayload(true)
        // Owners choose what their metadata holds: not every filter has an index.
        .setStrictModeConfig(StrictModeConfig.newBuilder().setUnindexedFilteringRetrieve(true))
        .build();
  }

  private void requireFitting(CollectionInfo info) {
    VectorParams there = info.getConfig().getParams().getVectorsConfig().getParams();
    if (there.getSize() != dimension || there.getDistance() != Distance.Cosine) {
      throw new PortFailure(
          Kind.INVALID_CONFIGURATION,
          QdrantCalls.BACKEND,
          "The collection "
              + name
              + " is for vectors of "
              + there.getSize()
              + " numbers by "
              + there.getDistance()
              + ", not of "
              + dimension
              + " by Cosine. Remove it, or rename it, and start again: it is built anew from the"
              + " database.",
          null);
    }
  }

  /** The index on the tenant comes last: it says that all are there. */
  void prepareForWriting() {
    for (String key : OrderedFields.UPLOADED_AT) {
      index(Payload.LEAST + "." + key, FieldType.FieldTypeFloat);
      index(Payload.MOST + "." + key, FieldType.FieldTypeFloat);
    }
    index(Payload.TERMS, FieldType.FieldTypeKeyword);
    index(Payload.SOURCE, FieldType.FieldTypeKeyword);
    index(Payload.VERSION, FieldType.FieldTypeInteger);
    KeywordIndexParams together = KeywordIndexParams.newBuilder().setIsTenant(true).build();
    index(
        wantedIndex(Payload.BOT, FieldType.FieldTypeKeyword)
            .setFieldIndexParams(PayloadIndexParams.newBuilder().setKeywordIndexParams(together)));
    index(Payload.TENANT, FieldType.FieldTypeKeyword);
  }

  private void index(String field, FieldType type) {
    index(wantedIndex(field, type));
  }

  private CreateFieldIndexCollection.Builder wantedIndex(String field, FieldType type) {
    return CreateFieldIndexCollection.newBuilder()
        .setCollectionName(name)
        .setWait(true)
        .setFieldName(field)
        .setFieldType(type);
  }

  private void index(CreateFieldIndexCollection.Builder index) {
    calls.change(client -> client.points().createFieldIndex(index.build()));
  }

  /** Removes it with all that is in it, and makes another one. */
  void replace() {
    drop();
    create();
  }

  /** Removes it with all that is in it; a missing one is no error. */
  void drop() {
    try {
      calls.change(client ->
          client
              .collections()
              .delete(DeleteCollection.newBuilder().setCollectionName(name).build()));
    } catch (PortFailure e) {
      if (!QdrantCalls.isMissing(e)) {
        throw e;
      }
    }
  }

  static PortFailure gone() {
    return new PortFailure(
        Kind.UNAVAILABLE,
        QdrantCalls.BACKEND,
        "The collection is gone; it is being built again. Try again later.",
        null);
  }
}
