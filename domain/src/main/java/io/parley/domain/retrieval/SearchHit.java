package io.parley.domain.retrieval;

import org.jspecify.annotations.Nullable;

/**
 * A chunk that was found.
 *
 * @param score 0–1, higher is better, comparable within one answer
 * @param cosine of the query's vector and the chunk's, -1 to 1, comparable between the answers of
 *     one embedding model; null when the search by meaning did not return the chunk
 */
public record SearchHit(FoundChunk found, double score, @Nullable Double cosine) {

  /** A chunk of which only the place among the others is known. */
  public SearchHit(FoundChunk found, double score) {
    this(found, score, null);
  }
}
