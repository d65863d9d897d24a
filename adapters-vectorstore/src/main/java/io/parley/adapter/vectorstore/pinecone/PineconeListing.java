package io.parley.adapter.vectorstore.pinecone;

import io.parley.domain.document.ChunkId;
import io.parley.domain.document.SourceId;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Portion;
import io.pinecone.proto.DescribeIndexStatsRequest;
import io.pinecone.proto.FetchByMetadataRequest;
import io.pinecone.proto.FetchByMetadataResponse;
import io.pinecone.proto.FetchRequest;
import io.pinecone.proto.ListItem;
import io.pinecone.proto.ListRequest;
import io.pinecone.proto.ListResponse;
import io.pinecone.proto.NamespaceSummary;
import io.pinecone.proto.VectorServiceGrpc.VectorServiceBlockingStub;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads which vectors there are, over all namespaces; one that is no chunk is not listed. */
final class PineconeListing {
  private static final int LISTED_AT_ONCE = 100;
  private static final int FETCHED_AT_ONCE = 100;

  private final PineconeCalls calls;

  PineconeListing(PineconeCalls calls) {
    this.calls = calls;
  }

  /** A namespace that has anything has a stamp as well. */
  long count() {
    Map<String, NamespaceSummary> there =
        calls
            .search(stub -> stub.describeIndexStats(DescribeIndexStatsRequest.getDefaultInstance()))
            .getNamespacesMap();
    return Namespaces.ALL.stream()
        .map(there::get)
        .filter(summary -> summary != null)
        .mapToLong(summary -> Math.max(0, summary.getVectorCount() - 1))
        .sum();
  }

  Set<ChunkId> of(SourceId source) {
    Set<ChunkId> all = new HashSet<>();
    for (String namespace : Namespaces.ALL) {
      FetchByMetadataRequest.Builder fetch =
          FetchByMetadataRequest.newBuilder()
              .setNamespace(namespace)
              .setFilter(PineconeFilters.of(List.of(source)))
              .setLimit(FETCHED_AT_ONCE);
      String next;
      do {
        FetchByMetadataResponse some =
            read(stub -> stub.fetchByMetadata(fetch.build()))
                .orElse(FetchByMetadataResponse.getDefaultInstance());
        some.getVectorsMap().keySet().forEach(id -> chunk(id).ifPresent(all::add));
        next = some.getPagination().getNext();
        fetch.setPaginationToken(next);
      } while (!next.isEmpty());
    }
    return all;
  }

  /** The text to go on from is the number of a namespace and Pinecone's own. */
  Portion<ChunkId> all(@Nullable String from, int limit) {
    int number = from == null ? 0 : Integer.parseInt(from.substring(0, from.indexOf(':')));
    ListRequest.Builder list =
        ListRequest.newBuilder()
            .setNamespace(Namespaces.ALL.get(number))
            .setLimit(Math.min(limit, LISTED_AT_ONCE));
    if (from != null && !from.endsWith(":")) {
      list.setPaginationToken(from.substring(from.indexOf(':') + 1));
    }
    ListResponse some =
        read(stub -> stub.list(list.build())).orElse(ListResponse.getDefaultInstance());
    List<ChunkId> chunks =
        some.getVectorsList().stream()
            .map(ListItem::getId)
            .flatMap(id -> chunk(id).stream())
            .toList();
    return new Portion<>(chunks, next(number, some.getPagination().getNext()));
  }

  private static @Nullable String next(int number, String token) {
    if (!token.isEmpty()) {
      return number + ":" + token;
    }
    return number + 1 < Namespaces.ALL.size() ? number + 1 + ":" : null;
  }

  Map<ChunkId, Integer> held(Collection<ChunkId> ids) {
    Map<ChunkId, Integer> held = new HashMap<>();
    List<String> all = ids.stream().distinct().map(ChunkId::toString).toList();
    for (int at = 0; at < all.size(); at += FETCHED_AT_ONCE) {
      List<String> some = all.subList(at, Math.min(all.size(), at + FETCHED_AT_ONCE));
      for (String namespace : Namespaces.ALL) {
        FetchRequest fetch =
            FetchRequest.newBuilder().setNamespace(namespace).addAllIds(some).build();
        read(stub -> stub.fetch(fetch))
            .ifPresent(found ->
                found.getVectorsMap().keySet().stream()
                    .filter(some::contains)
                    .forEach(id -> held.merge(new ChunkId(UUID.fromString(id)), 1, Integer::sum)));
      }
    }
    return held;
  }

  /** Empty when there is no such namespace. */
  private <T> Optional<T> read(Function<VectorServiceBlockingStub, T> call) {
    try {
      return Optional.of(calls.change(call));
    } catch (PortFailure e) {
      if (PineconeFailures.isMissing(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Empty for a vector that is none of Parley's. */
  static Optional<ChunkId> chunk(String id) {
    try {
      return Optional.of(new ChunkId(UUID.fromString(id)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
