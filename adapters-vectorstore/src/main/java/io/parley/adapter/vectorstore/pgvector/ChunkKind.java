package io.parley.adapter.vectorstore.pgvector;

import io.parley.domain.document.ChunkId;

/**
 * What there is to know of a chunk before it is written.
 *
 * @param <C> what an index holds of it
 */
interface ChunkKind<C> {
  ChunkId idOf(C chunk);

  /** Refuses what cannot be held, as {@code CORRUPT_DATA}. */
  void check(C chunk);
}
