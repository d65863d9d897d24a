package io.parley.testkit.vectorstore.qdrant;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** All collections of a server. */
final class QdrantState {
  final boolean strict;
  private final Map<String, StoredCollection> collections = new ConcurrentSkipListMap<>();

  QdrantState(boolean strict) {
    this.strict = strict;
  }

  Optional<StoredCollection> find(String name) {
    return Optional.ofNullable(collections.get(name));
  }

  StoredCollection require(String name) {
    return find(name)
        .orElseThrow(() ->
            Status.NOT_FOUND
                .withDescription("Collection `" + name + "` doesn't exist!")
                .asRuntimeException());
  }

  /** False when there is one of the name. */
  boolean add(String name, StoredCollection collection) {
    return collections.putIfAbsent(name, collection) == null;
  }

  boolean remove(String name) {
    return collections.remove(name) != null;
  }

  List<String> names() {
    return List.copyOf(collections.keySet());
  }

  /** Answers with a value, or as the work has failed. */
  static <T> void answer(StreamObserver<T> caller, Supplier<T> work) {
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
}
