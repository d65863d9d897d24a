package io.parley.adapter.vectorstore.pgvector;

import io.parley.adapter.vectorstore.terms.AskedWords;
import io.parley.adapter.vectorstore.terms.WordAnalysis;
import io.parley.adapter.vectorstore.terms.WordAnalysis.WordAt;
import io.parley.domain.retrieval.IndexedWords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.lucene.analysis.TokenStream;

/**
 * How often each word stands in a chunk.
 *
 * @param analyser that made stems of it; {@link AskedWords#EXACT} when only exact forms are kept
 * @param exactLength words in their exact forms, identifiers among them
 * @param stemLength words that have a stem
 * @param times by the word's key
 */
record WordCounts(String analyser, int exactLength, int stemLength, Map<Long, Integer> times) {

  static WordCounts of(IndexedWords chunk) {
    Counting counting = new Counting(chunk);
    Optional<String> stemming = WordAnalysis.stemmingOf(chunk.language());
    try {
      int exact =
          counting.add(AskedWords.EXACT, WordAnalysis.exact(chunk.words()))
              + counting.add(AskedWords.EXACT, WordAnalysis.identifiers(chunk.words()));
      int stems =
          stemming.isEmpty()
              ? 0
              : counting.add(stemming.get(), WordAnalysis.stems(stemming.get(), chunk.words()));
      return new WordCounts(stemming.orElse(AskedWords.EXACT), exact, stems, counting.times);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Long[] keys() {
    return times.keySet().toArray(Long[]::new);
  }

  /** In the order of {@link #keys}. */
  Short[] counts() {
    return times.values().stream()
        .map(count -> (short) Math.min(count, Short.MAX_VALUE))
        .toArray(Short[]::new);
  }

  private static final class Counting {
    private final ScopeKeys keys;
    private final Map<Long, Integer> times = new TreeMap<>();

    Counting(IndexedWords chunk) {
      keys = new ScopeKeys(chunk.attributes().tenant(), chunk.attributes().bot());
    }

    int add(String analyser, TokenStream stream) throws IOException {
      int words = 0;
      for (WordAt word : WordAnalysis.words(stream, Integer.MAX_VALUE)) {
        times.merge(keys.word(analyser, word.term()), 1, Integer::sum);
        words++;
      }
      return words;
    }
  }
}
