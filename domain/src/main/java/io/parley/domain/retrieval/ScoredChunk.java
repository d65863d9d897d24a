package io.parley.domain.retrieval;

import io.parley.domain.document.ChunkId;
import java.util.Comparator;

/**
 * What an index returns.
 *
 * @param score higher is better; comparable only within one answer of one index
 */
public record ScoredChunk(ChunkId id, double score) {

  /** Best first; equal scores by id, so that every answer has one order. */
  public static final Comparator<ScoredChunk> BEST_FIRST =
      Comparator.comparingDouble(ScoredChunk::score).reversed().thenComparing(ScoredChunk::id);
}
