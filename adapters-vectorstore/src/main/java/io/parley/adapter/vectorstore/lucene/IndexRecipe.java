package io.parley.adapter.vectorstore.lucene;

import io.parley.domain.document.ChunkId;
import io.parley.domain.port.vectorstore.IndexChange;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.SearcherFactory;

/** How chunks become documents of one kind of index. */
interface IndexRecipe<C> {

  /** Changes with everything that makes existing indexes useless. */
  String name();

  /** Settings for a new writer. */
  IndexWriterConfig writing();

  /**
   * Segments with anything removed are merged when an erasure asks for it, however little it is.
   */
  static MergePolicy merging() {
    return new TieredMergePolicy().setForceMergeDeletesPctAllowed(0);
  }

  SearcherFactory searchers();

  /** Refuses what cannot be right, before anything is written. */
  void check(IndexChange<C> change);

  ChunkId idOf(C chunk);

  Document document(C chunk);
}
