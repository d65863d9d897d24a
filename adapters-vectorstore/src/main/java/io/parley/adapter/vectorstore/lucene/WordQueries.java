package io.parley.adapter.vectorstore.lucene;

import io.parley.adapter.vectorstore.lucene.WordAnalysis.WordAt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * A question as a query. Nobody says which language it is in, so every word is looked up as each of
 * the bot's analysers reads it, and counts once: as the reading that fits best, plus a part of the
 * others, so that a chunk with the exact form stands before one with the stem alone. The words that
 * only make it a question are not looked up: stop words of documents leave them in, and a chunk
 * that says "how" says nothing about what was asked.
 */
final class WordQueries {

  /** Different words that count; the rest of a longer question is not looked at. */
  private static final int MOST_WORDS = 512;

  /** Longer than 512 words of any language. */
  private static final int MOST_UNITS = 32_768;

  /** How much the readings that fit less well add. */
  private static final float OTHERS = 0.3f;

  /** English, as analysers of other languages leave them in as well; none is a month or a noun. */
  private static final Set<String> ASKING =
      Set.of(
          "what", "which", "who", "whom", "whose", "when", "where", "why", "how", "many", "much",
          "do", "does", "did", "can", "could", "should", "would", "have", "has", "had", "i", "me",
          "my", "we", "you", "there", "from");

  private record Span(int start, int end) {
    /** Lower case or at the start of a sentence: WHO is an organisation. */
    boolean asks(String text) {
      String word = text.substring(start, end);
      boolean name = word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT));
      return !name && ASKING.contains(word.toLowerCase(Locale.ROOT));
    }
  }

  private final Map<Span, Set<Term>> readings = new LinkedHashMap<>();
  private final Set<Span> telling = new LinkedHashSet<>();

  private WordQueries() {}

  /** Needs one of the words; without a word it finds nothing. */
  static Query of(String question, List<String> analysers) throws IOException {
    String text = question.substring(0, Math.min(question.length(), MOST_UNITS));
    WordQueries words = new WordQueries();
    words.add(WordRecipe.EXACT, WordAnalysis.exact(text));
    for (Span identifier : words.add(WordRecipe.EXACT, WordAnalysis.identifiers(text))) {
      words.telling.add(identifier);
    }
    for (String analyser : analysers) {
      words.telling.addAll(
          words.add(WordRecipe.stems(analyser), WordAnalysis.stems(analyser, text)));
    }
    words.telling.removeIf(span -> span.asks(text));
    return words.query();
  }

  private List<Span> add(String field, TokenStream stream) throws IOException {
    List<Span> spans = new ArrayList<>();
    for (WordAt word : WordAnalysis.words(stream, MOST_UNITS)) {
      Span span = new Span(word.start(), word.end());
      spans.add(span);
      readings.computeIfAbsent(span, _ -> new LinkedHashSet<>()).add(new Term(field, word.term()));
    }
    return spans;
  }

  private Query query() {
    // What no analyser kept is a stop word, which is asked for only when there is nothing else.
    Set<Span> asked = telling.isEmpty() ? readings.keySet() : telling;
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    readings.entrySet().stream()
        .filter(entry -> asked.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .distinct()
        .limit(MOST_WORDS)
        .map(WordQueries::best)
        .forEach(word -> any.add(word, Occur.SHOULD));
    return any.build();
  }

  private static Query best(Set<Term> terms) {
    List<Query> queries = terms.stream().<Query>map(TermQuery::new).toList();
    return queries.size() == 1 ? queries.getFirst() : new DisjunctionMaxQuery(queries, OTHERS);
  }
}
