package io.parley.adapter.vectorstore.terms;

import io.parley.adapter.vectorstore.terms.WordAnalysis.WordAt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.util.BytesRef;

/**
 * The words that a question asks for. Nobody says which language it is in, so every word is looked
 * up as each of the bot's analysers reads it, and counts once: as the reading that fits best, plus
 * a part of the others ({@link #OTHERS}), so that a chunk with the exact form stands before one
 * with the stem alone. The words that only make it a question are not looked up: stop words of
 * documents leave them in, and a chunk that says "how" says nothing about what was asked.
 */
public final class AskedWords {

  /** How much the readings that fit less well add. */
  public static final float OTHERS = 0.3f;

  /** The analyser of exact forms. */
  public static final String EXACT = "";

  /** Different words that count; the rest of a longer question is not looked at. */
  private static final int MOST_WORDS = 512;

  /** Longer than 512 words of any language. */
  private static final int MOST_UNITS = 32_768;

  /** English, as analysers of other languages leave them in as well; none is a month or a noun. */
  private static final Set<String> ASKING =
      Set.of(
          "what", "which", "who", "whom", "whose", "when", "where", "why", "how", "many", "much",
          "do", "does", "did", "can", "could", "should", "would", "have", "has", "had", "i", "me",
          "my", "we", "you", "there", "from");

  /**
   * A word as one analyser reads it.
   *
   * @param analyser of {@link WordAnalysis#stemming}, or {@link #EXACT}
   */
  public record Reading(String analyser, BytesRef term) {}

  private record Span(int start, int end) {
    /** Lower case or at the start of a sentence: WHO is an organisation. */
    boolean asks(String text) {
      String word = text.substring(start, end);
      boolean name = word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT));
      return !name && ASKING.contains(word.toLowerCase(Locale.ROOT));
    }
  }

  private final Map<Span, Set<Reading>> readings = new LinkedHashMap<>();
  private final Set<Span> telling = new LinkedHashSet<>();

  private AskedWords() {}

  /** The readings of each word; none when the question has no word. */
  public static List<Set<Reading>> of(String question, List<String> analysers) {
    String text = question.substring(0, Math.min(question.length(), MOST_UNITS));
    AskedWords words = new AskedWords();
    try {
      words.read(text, analysers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return words.asked();
  }

  private void read(String text, List<String> analysers) throws IOException {
    add(EXACT, WordAnalysis.exact(text));
    telling.addAll(add(EXACT, WordAnalysis.identifiers(text)));
    for (String analyser : analysers) {
      telling.addAll(add(analyser, WordAnalysis.stems(analyser, text)));
    }
    telling.removeIf(span -> span.asks(text));
  }

  private List<Span> add(String analyser, TokenStream stream) throws IOException {
    List<Span> spans = new ArrayList<>();
    for (WordAt word : WordAnalysis.words(stream, MOST_UNITS)) {
      Span span = new Span(word.start(), word.end());
      spans.add(span);
      readings
          .computeIfAbsent(span, _ -> new LinkedHashSet<>())
          .add(new Reading(analyser, word.term()));
    }
    return spans;
  }

  private List<Set<Reading>> asked() {
    // What no analyser kept is a stop word, which is asked for only when there is nothing else.
    Set<Span> asked = telling.isEmpty() ? readings.keySet() : telling;
    return readings.entrySet().stream()
        .filter(entry -> asked.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .distinct()
        .limit(MOST_WORDS)
        .toList();
  }
}
