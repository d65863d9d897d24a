package io.parley.testkit.vectorstore.pinecone;

import static io.parley.testkit.vectorstore.pinecone.IndexVectors.wrong;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.grpc.stub.StreamObserver;
import io.parley.testkit.vectorstore.wire.WireFault;
import io.parley.testkit.vectorstore.wire.WireFaults;
import io.pinecone.proto.DeleteRequest;
import io.pinecone.proto.DeleteResponse;
import io.pinecone.proto.DescribeIndexStatsRequest;
import io.pinecone.proto.DescribeIndexStatsResponse;
import io.pinecone.proto.FetchByMetadataRequest;
import io.pinecone.proto.FetchByMetadataResponse;
import io.pinecone.proto.FetchRequest;
import io.pinecone.proto.FetchResponse;
import io.pinecone.proto.ListItem;
import io.pinecone.proto.ListRequest;
import io.pinecone.proto.ListResponse;
import io.pinecone.proto.NamespaceSummary;
import io.pinecone.proto.Pagination;
import io.pinecone.proto.QueryRequest;
import io.pinecone.proto.QueryResponse;
import io.pinecone.proto.ScoredVector;
import io.pinecone.proto.UpsertRequest;
import io.pinecone.proto.UpsertResponse;
import io.pinecone.proto.Vector;
import io.pinecone.proto.VectorServiceGrpc;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.UUID;
import java.util.function.Supplier;

/** Writes, reads and searches the vectors of an index. */
final class VectorService extends VectorServiceGrpc.VectorServiceImplBase {
  private static final int MOST_VECTORS = 1_000;
  private static final int MOST_BYTES = 2 << 20;
  private static final int MOST_METADATA = 40 << 10;
  private static final int MOST_LISTED = 100;
  private static final int MOST_FOUND = 10_000;

  private final IndexVectors vectors;

  VectorService(IndexVectors vectors) {
    this.vectors = vectors;
  }

  private static <T> void answer(StreamObserver<T> caller, Supplier<T> work) {
    T value;
    try {
      value = work.get();
    } catch (RuntimeException e) {
      caller.onError(e);
      return;
    }
    caller.onNext(value);
    caller.onCompleted();
  }

  @Override
  public void upsert(UpsertRequest asked, StreamObserver<UpsertResponse> caller) {
    answer(
        caller,
        () -> {
          check(asked);
          if (!WireFaults.isForgotten()) {
            vectors.write(
                asked.getNamespace(),
                held -> asked.getVectorsList().forEach(one -> held.put(one.getId(), one)));
          }
          return UpsertResponse.newBuilder().setUpsertedCount(asked.getVectorsCount()).build();
        });
  }

  private void check(UpsertRequest asked) {
    if (asked.getVectorsCount() > MOST_VECTORS || asked.getSerializedSize() > MOST_BYTES) {
      throw wrong("Request size limit exceeded");
    }
    for (Vector vector : asked.getVectorsList()) {
      if (vector.getValuesCount() != vectors.dimension()) {
        throw wrong("Vector dimension " + vector.getValuesCount() + " does not match");
      }
      if (vector.getValuesList().stream().allMatch(number -> number == 0)) {
        throw wrong("Dense vectors must contain at least one non-zero value");
      }
      if (MetadataMatch.size(vector.getMetadata()) > MOST_METADATA) {
        throw wrong("Metadata size exceeds the limit of 40960 bytes per vector");
      }
      vector.getMetadata().getFieldsMap().values().forEach(VectorService::requireFlat);
    }
  }

  private static void requireFlat(Value value) {
    boolean flat =
        switch (value.getKindCase()) {
          case STRING_VALUE, NUMBER_VALUE, BOOL_VALUE -> true;
          case LIST_VALUE ->
              value.getListValue().getValuesList().stream().allMatch(Value::hasStringValue);
          case NULL_VALUE, STRUCT_VALUE, KIND_NOT_SET -> false;
        };
    if (!flat) {
      throw wrong("Metadata value must be a string, number, boolean or list of strings");
    }
  }

  @Override
  public void delete(DeleteRequest asked, StreamObserver<DeleteResponse> caller) {
    answer(
        caller,
        () -> {
          if (!WireFaults.isForgotten()) {
            vectors.remove(asked.getNamespace(), held -> remove(held, asked));
          }
          return DeleteResponse.getDefaultInstance();
        });
  }

  private static void remove(NavigableMap<String, Vector> held, DeleteRequest asked) {
    if (asked.getDeleteAll()) {
      held.clear();
    } else if (asked.hasFilter()) {
      held.values().removeIf(one -> MetadataMatch.matches(asked.getFilter(), one.getMetadata()));
    } else {
      asked.getIdsList().forEach(held::remove);
    }
  }

  @Override
  public void fetch(FetchRequest asked, StreamObserver<FetchResponse> caller) {
    answer(
        caller,
        () -> {
          Map<String, Vector> held = vectors.read(asked.getNamespace());
          FetchResponse.Builder found = FetchResponse.newBuilder();
          asked.getIdsList().stream()
              .filter(held::containsKey)
              .forEach(id -> found.putVectors(id, held.get(id)));
          return found.build();
        });
  }

  @Override
  public void fetchByMetadata(
      FetchByMetadataRequest asked, StreamObserver<FetchByMetadataResponse> caller) {
    answer(
        caller,
        () -> {
          FetchByMetadataResponse.Builder found = FetchByMetadataResponse.newBuilder();
          List<Vector> all =
              vectors
                  .read(asked.getNamespace())
                  .tailMap(asked.getPaginationToken(), false)
                  .values()
                  .stream()
                  .filter(one -> MetadataMatch.matches(asked.getFilter(), one.getMetadata()))
                  .limit(asked.getLimit() + 1L)
                  .toList();
          all.stream().limit(asked.getLimit()).forEach(one -> found.putVectors(one.getId(), one));
          if (all.size() > asked.getLimit()) {
            found.setPagination(
                Pagination.newBuilder().setNext(all.get(asked.getLimit() - 1).getId()));
          }
          return found.build();
        });
  }

  @Override
  public void list(ListRequest asked, StreamObserver<ListResponse> caller) {
    answer(
        caller,
        () -> {
          int limit = asked.hasLimit() ? asked.getLimit() : MOST_LISTED;
          if (limit > MOST_LISTED) {
            throw wrong("limit must be at most 100");
          }
          ListResponse.Builder found = ListResponse.newBuilder();
          List<String> ids =
              vectors
                  .read(asked.getNamespace())
                  .tailMap(asked.getPaginationToken(), false)
                  .keySet()
                  .stream()
                  .limit(limit + 1L)
                  .toList();
          ids.stream()
              .limit(limit)
              .forEach(id -> found.addVectors(ListItem.newBuilder().setId(id)));
          if (ids.size() > limit) {
            found.setPagination(Pagination.newBuilder().setNext(ids.get(limit - 1)));
          }
          return found.build();
        });
  }

  @Override
  public void describeIndexStats(
      DescribeIndexStatsRequest asked, StreamObserver<DescribeIndexStatsResponse> caller) {
    answer(
        caller,
        () -> {
          DescribeIndexStatsResponse.Builder stats = DescribeIndexStatsResponse.newBuilder();
          vectors
              .counts()
              .forEach((name, count) ->
                  stats.putNamespaces(
                      name, NamespaceSummary.newBuilder().setVectorCount(count).build()));
          return stats.setDimension(vectors.dimension()).build();
        });
  }

  @Override
  public void query(QueryRequest asked, StreamObserver<QueryResponse> caller) {
    answer(
        caller,
        () -> {
          if (asked.getTopK() < 1 || asked.getTopK() > MOST_FOUND) {
            throw wrong("top_k must be between 1 and 10000");
          }
          if (asked.getVectorCount() != vectors.dimension()) {
            throw wrong("Vector dimension " + asked.getVectorCount() + " does not match");
          }
          Struct filter = asked.getFilter();
          List<ScoredVector> found =
              vectors.read(asked.getNamespace()).values().stream()
                  .filter(one -> MetadataMatch.matches(filter, one.getMetadata()))
                  .map(one -> scored(one, asked.getVectorList()))
                  .sorted(
                      Comparator.comparingDouble(ScoredVector::getScore)
                          .thenComparing(ScoredVector::getId)
                          .reversed())
                  .limit(asked.getTopK())
                  .toList();
          return QueryResponse.newBuilder().addAllMatches(distorted(found)).build();
        });
  }

  private static ScoredVector scored(Vector vector, List<Float> query) {
    double dot = 0;
    double a = 0;
    double b = 0;
    for (int i = 0; i < query.size(); i++) {
      dot += query.get(i) * vector.getValues(i);
      a += query.get(i) * query.get(i);
      b += vector.getValues(i) * vector.getValues(i);
    }
    return ScoredVector.newBuilder()
        .setId(vector.getId())
        .setScore((float) (dot / Math.sqrt(a * b)))
        .build();
  }

  private static List<ScoredVector> distorted(List<ScoredVector> found) {
    return switch (WireFaults.current().orElse(null)) {
      case WireFault.ScoresNothing _ ->
          found.stream().map(one -> one.toBuilder().setScore(Float.NaN).build()).toList();
      case WireFault.AddsForeignIds _ -> {
        List<ScoredVector> more = new ArrayList<>(found);
        for (String id : List.of("somebody-elses", UUID.randomUUID().toString())) {
          more.add(ScoredVector.newBuilder().setId(id).setScore(1).build());
        }
        yield more;
      }
      case null, default -> found;
    };
  }
}
