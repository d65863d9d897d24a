package io.parley.adapter.vectorstore.remote;

import io.parley.domain.document.ChunkId;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.retrieval.IndexedVector;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Changes in their order, with additions that follow one another taken together. */
public final class ChangeSteps {

  private ChangeSteps() {}

  /** What a store can do. */
  public interface Target {
    /** Adds chunks, each once. */
    void add(Collection<IndexedVector> chunks);

    /** Any change but an addition. */
    void remove(IndexChange<IndexedVector> change);
  }

  /** Of several chunks with one id the last one counts. */
  public static void run(List<IndexChange<IndexedVector>> changes, Target target) {
    Map<ChunkId, IndexedVector> pending = new LinkedHashMap<>();
    for (IndexChange<IndexedVector> change : changes) {
      if (change instanceof IndexChange.Add<IndexedVector> add) {
        add.chunks().forEach(chunk -> pending.put(chunk.id(), chunk));
      } else {
        flush(pending, target);
        target.remove(change);
      }
    }
    flush(pending, target);
  }

  private static void flush(Map<ChunkId, IndexedVector> pending, Target target) {
    if (!pending.isEmpty()) {
      target.add(List.copyOf(pending.values()));
      pending.clear();
    }
  }
}
