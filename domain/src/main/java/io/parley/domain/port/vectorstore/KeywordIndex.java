package io.parley.domain.port.vectorstore;

import io.parley.domain.access.BotScope;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.IndexedWords;
import io.parley.domain.retrieval.ScoredChunk;
import java.util.List;

/** Finds chunks by their words. */
public interface KeywordIndex extends IndexFollower<IndexedWords> {

  /**
   * The chunks of the scope's bot that hold words of the query and pass the filter, best first
   * ({@link ScoredChunk#BEST_FIRST}). The query is plain words: no syntax. A query without a word
   * gives nothing. Scores are above 0. Needs {@code ASK}.
   *
   * @param limit 1–1,000
   */
  List<ScoredChunk> search(BotScope scope, String query, int limit, Filter filter);

  /**
   * Removes the index for good, with all that it holds. On return it is gone: searches are refused
   * as {@code UNAVAILABLE}, and nothing but {@link #close} is of use. One that is gone already is
   * no error.
   */
  void drop();
}
