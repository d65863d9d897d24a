package io.parley.testkit.vectorstore.pinecone;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.pinecone.proto.Vector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The namespaces of an index. What is written is seen when its time has come, in its order. */
final class IndexVectors {
  private final int dimension;
  private final Supplier<Duration> delay;
  private final Map<String, Namespace> namespaces = new TreeMap<>();

  private record Change(long seenAt, Consumer<NavigableMap<String, Vector>> make) {}

  private static final class Namespace {
    final NavigableMap<String, Vector> seen = new TreeMap<>();
    final Deque<Change> coming = new ArrayDeque<>();

    NavigableMap<String, Vector> now() {
      long now = System.nanoTime();
      while (!coming.isEmpty() && coming.peek().seenAt() - now <= 0) {
        coming.poll().make().accept(seen);
      }
      return seen;
    }
  }

  IndexVectors(int dimension, Supplier<Duration> delay) {
    this.dimension = dimension;
    this.delay = delay;
  }

  int dimension() {
    return dimension;
  }

  synchronized void write(String namespace, Consumer<NavigableMap<String, Vector>> change) {
    namespaces
        .computeIfAbsent(namespace, _ -> new Namespace())
        .coming
        .add(new Change(System.nanoTime() + delay.get().toNanos(), change));
  }

  /** As {@link #write}, but a namespace that nobody has written to is not found. */
  synchronized void remove(String namespace, Consumer<NavigableMap<String, Vector>> change) {
    if (!namespaces.containsKey(namespace)) {
      throw Status.NOT_FOUND.withDescription("Namespace not found").asRuntimeException();
    }
    write(namespace, change);
  }

  /** A copy of what can be seen now; empty for an unknown namespace. */
  synchronized NavigableMap<String, Vector> read(String namespace) {
    return Optional.ofNullable(namespaces.get(namespace))
        .map(Namespace::now)
        .<NavigableMap<String, Vector>>map(TreeMap::new)
        .orElseGet(TreeMap::new);
  }

  synchronized Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    namespaces.forEach((name, namespace) -> {
      int count = namespace.now().size();
      if (count > 0) {
        counts.put(name, count);
      }
    });
    return counts;
  }

  synchronized Map<String, String> printed() {
    Map<String, String> printed = new LinkedHashMap<>();
    namespaces
        .values()
        .forEach(namespace ->
            namespace
                .now()
                .forEach((id, vector) -> {
                  if (!id.equals("parley-stamp")) {
                    printed.put(id, vector.getMetadata().toString());
                  }
                }));
    return printed;
  }

  static StatusRuntimeException wrong(String why) {
    return Status.INVALID_ARGUMENT.withDescription(why).asRuntimeException();
  }
}
