package io.parley.application.retrieval;

import io.parley.domain.document.ChunkId;
import io.parley.domain.port.persistence.Inspection;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.retrieval.IndexedVector;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds to the index of a generation what it passed in the log before there was an embedding of it.
 * It looks at every chunk that the index should hold, some at a time.
 */
final class CompleteIndex {
  private static final int AT_ONCE = 1_000;

  private final Inspection inspection;

  CompleteIndex(Inspection inspection) {
    this.inspection = inspection;
  }

  void run(OpenGeneration generation) {
    long upTo = generation.log().position().position();
    @Nullable ChunkId last = null;
    for (List<ChunkId> some = inspection.expected(last, upTo, AT_ONCE);
        !some.isEmpty();
        some = inspection.expected(last, upTo, AT_ONCE)) {
      Set<ChunkId> suspects = notHeld(generation, some);
      if (!suspects.isEmpty()) {
        generation.log().atTheEnd(() -> missing(generation, suspects));
      }
      last = some.getLast();
    }
  }

  private static Set<ChunkId> notHeld(OpenGeneration generation, Collection<ChunkId> ids) {
    Map<ChunkId, Integer> held = generation.store().held(ids);
    Set<ChunkId> others = new HashSet<>(ids);
    others.removeIf(id -> held.getOrDefault(id, 0) == 1);
    return others;
  }

  private List<IndexChange<IndexedVector>> missing(
      OpenGeneration generation, Set<ChunkId> suspects) {
    List<IndexedVector> vectors =
        inspection.vectors(notHeld(generation, suspects), generation.generation().model());
    return vectors.isEmpty() ? List.of() : List.of(new IndexChange.Add<>(vectors));
  }
}
