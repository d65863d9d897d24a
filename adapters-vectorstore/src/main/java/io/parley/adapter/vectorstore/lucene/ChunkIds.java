package io.parley.adapter.vectorstore.lucene;

import io.parley.domain.document.ChunkId;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.jspecify.annotations.Nullable;

/** Collects the ids of all matching chunks. */
final class ChunkIds extends SimpleCollector {

  private final Consumer<ChunkId> found;
  private @Nullable SortedDocValues ids;

  /** All ids of the query's chunks. */
  static Set<ChunkId> of(IndexSearcher searcher, Query query) throws IOException {
    Set<ChunkId> ids = new HashSet<>();
    searcher.search(query, new OneAfterAnother<>(new ChunkIds(ids::add)));
    return ids;
  }

  private ChunkIds(Consumer<ChunkId> found) {
    this.found = found;
  }

  @Override
  protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
    ids = ChunkFields.ids(leaf.reader());
  }

  @Override
  public void collect(int doc) throws IOException {
    if (ids != null) {
      found.accept(ChunkFields.idAt(ids, doc));
    }
  }

  @Override
  public ScoreMode scoreMode() {
    return ScoreMode.COMPLETE_NO_SCORES;
  }
}
