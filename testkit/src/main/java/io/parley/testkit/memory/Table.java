package io.parley.testkit.memory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows by key. Every change says how it is undone. To be used inside a transaction only. */
final class Table<K, V> {

  private final Map<K, V> rows = new LinkedHashMap<>();
  private final Consumer<Runnable> undo;

  Table(Consumer<Runnable> undo) {
    this.undo = undo;
  }

  Optional<V> get(K key) {
    return Optional.ofNullable(rows.get(key));
  }

  Stream<V> values() {
    return List.copyOf(rows.values()).stream();
  }

  Stream<Map.Entry<K, V>> entries() {
    return Map.copyOf(rows).entrySet().stream();
  }

  Optional<V> first(Predicate<V> condition) {
    return values().filter(condition).findFirst();
  }

  void put(K key, V row) {
    V before = rows.put(key, row);
    undo.accept(() -> restore(key, before));
  }

  boolean remove(K key) {
    V before = rows.remove(key);
    if (before != null) {
      undo.accept(() -> restore(key, before));
    }
    return before != null;
  }

  void removeIf(Predicate<V> condition) {
    List.copyOf(rows.entrySet()).stream()
        .filter(entry -> condition.test(entry.getValue()))
        .forEach(entry -> remove(entry.getKey()));
  }

  private void restore(K key, @Nullable V before) {
    if (before == null) {
      rows.remove(key);
    } else {
      rows.put(key, before);
    }
  }
}
