package io.parley.adapter.vectorstore.remote;

import io.parley.domain.document.ChunkId;
import io.parley.domain.document.SourceId;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.retrieval.IndexedVector;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Changes in their order, with additions that follow one another taken together, and so with
 * sources that are removed.
 */
public final class ChangeSteps {

  private ChangeSteps() {}

  /** What a store can do. */
  public interface Target {
    /** Adds chunks, each once. */
    void add(Collection<IndexedVector> chunks);

    /** Removes all of some sources, each once. */
    void removeSources(Collection<SourceId> sources);

    /** Any other change. */
    void remove(IndexChange<IndexedVector> change);
  }

  /** Of several chunks with one id the last one counts. */
  public static void run(List<IndexChange<IndexedVector>> changes, Target target) {
    Map<ChunkId, IndexedVector> added = new LinkedHashMap<>();
    Set<SourceId> gone = new LinkedHashSet<>();
    for (IndexChange<IndexedVector> change : changes) {
      switch (change) {
        case IndexChange.Add<IndexedVector>(List<IndexedVector> chunks) -> {
          removed(gone, target);
          chunks.forEach(chunk -> added.put(chunk.id(), chunk));
        }
        case IndexChange.RemoveSource<IndexedVector>(SourceId source) -> {
          added(added, target);
          gone.add(source);
        }
        case IndexChange.RemoveVersion<IndexedVector> _,
            IndexChange.RemoveChunks<IndexedVector> _ -> {
          added(added, target);
          removed(gone, target);
          target.remove(change);
        }
      }
    }
    added(added, target);
    removed(gone, target);
  }

  private static void added(Map<ChunkId, IndexedVector> pending, Target target) {
    if (!pending.isEmpty()) {
      target.add(List.copyOf(pending.values()));
      pending.clear();
    }
  }

  private static void removed(Set<SourceId> pending, Target target) {
    if (!pending.isEmpty()) {
      target.removeSources(List.copyOf(pending));
      pending.clear();
    }
  }
}
