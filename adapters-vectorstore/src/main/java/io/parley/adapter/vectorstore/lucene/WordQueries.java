package io.parley.adapter.vectorstore.lucene;

import io.parley.adapter.vectorstore.terms.AskedWords;
import io.parley.adapter.vectorstore.terms.AskedWords.Reading;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** The words of a question as a query. */
final class WordQueries {

  private WordQueries() {}

  /** Needs one of the words; without a word it finds nothing. */
  static Query of(String question, List<String> analysers) {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    AskedWords.of(question, analysers).forEach(word -> any.add(best(word), Occur.SHOULD));
    return any.build();
  }

  private static Query best(Set<Reading> readings) {
    List<Query> queries = readings.stream().map(WordQueries::reading).toList();
    return queries.size() == 1
        ? queries.getFirst()
        : new DisjunctionMaxQuery(queries, AskedWords.OTHERS);
  }

  private static Query reading(Reading reading) {
    String analyser = reading.analyser();
    String field =
        analyser.equals(AskedWords.EXACT) ? WordRecipe.EXACT : WordRecipe.stems(analyser);
    return new TermQuery(new Term(field, reading.term()));
  }
}
