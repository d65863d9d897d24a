package io.parley.testkit.vectorstore;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.ChunkId;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.vectorstore.KeywordIndex;
import io.parley.domain.retrieval.ChunkAttributes;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.IndexedWords;
import io.parley.domain.retrieval.ScoredChunk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Words in memory: exact, in lower case, and identifiers also whole. A chunk's score is the share
 * of the query's words that it holds, each by how often it stands in it.
 */
public final class InMemoryKeywordIndex extends InMemoryIndex<IndexedWords>
    implements KeywordIndex {

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]++");

  /**
   * Greedy runs with nothing to go back for, so that a long query takes no longer than its length.
   */
  private static final Pattern RUN = Pattern.compile("[\\p{L}\\p{M}\\p{N}/._:#@+&-]++");

  private static final Pattern OUTER_JOINERS = Pattern.compile("^[/._:#@+&-]++|[/._:#@+&-]++$");

  private static final int MOST_WORDS = 512;

  private volatile boolean dropped;

  @Override
  public List<ScoredChunk> search(BotScope scope, String query, int limit, Filter filter) {
    if (dropped) {
      throw new PortFailure(
          PortFailure.Kind.UNAVAILABLE, "in-memory words", "The index was dropped.", null);
    }
    Set<String> asked = new LinkedHashSet<>(words(query));
    List<String> counted = asked.stream().limit(MOST_WORDS).toList();
    return best(scope, limit, filter, 0, chunk -> score(counted, words(chunk.words())));
  }

  @Override
  public void drop() {
    startOver();
    dropped = true;
  }

  private static double score(List<String> asked, List<String> held) {
    double sum = 0;
    for (String word : asked) {
      int times = Collections.frequency(held, word);
      sum += times / (times + 1.0);
    }
    return asked.isEmpty() ? 0 : sum / asked.size();
  }

  private static List<String> words(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    List<String> words = new ArrayList<>();
    WORD.matcher(lower).results().map(MatchResult::group).forEach(words::add);
    RUN.matcher(lower)
        .results()
        .map(run -> OUTER_JOINERS.matcher(run.group()).replaceAll(""))
        .filter(run -> !run.isEmpty() && !WORD.matcher(run).matches())
        .forEach(words::add);
    return words;
  }

  @Override
  ChunkId idOf(IndexedWords chunk) {
    return chunk.id();
  }

  @Override
  ChunkAttributes attributesOf(IndexedWords chunk) {
    return chunk.attributes();
  }

  @Override
  void check(IndexedWords chunk) {
    // Every text can be held.
  }
}
