package io.parley.domain.port.vectorstore;

import io.parley.domain.access.BotScope;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.ScoredChunk;
import java.util.List;

/** Finds chunks by meaning in one generation. */
public interface VectorStore extends IndexFollower<IndexedVector> {

  /**
   * The nearest chunks of the scope's bot that pass the filter, best first ({@link
   * ScoredChunk#BEST_FIRST}); fewer than {@code limit} only when there are no more. Scores are
   * cosine similarities, -1 to 1. Needs {@code ASK}.
   *
   * @param query length = the generation's dimension
   * @param limit 1–1,000
   */
  List<ScoredChunk> search(BotScope scope, float[] query, int limit, Filter filter);

  /**
   * Removes the generation's index for good, with all that it holds. On return it is gone: searches
   * are refused as {@code UNAVAILABLE}, and nothing but {@link #close} is of use. One that is gone
   * already is no error.
   */
  void drop();
}
