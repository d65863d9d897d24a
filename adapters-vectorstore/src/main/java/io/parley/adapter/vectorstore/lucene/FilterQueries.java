package io.parley.adapter.vectorstore.lucene;

import static io.parley.adapter.vectorstore.lucene.ChunkFields.ATTRIBUTE;

import io.parley.adapter.vectorstore.terms.AttributeTerms;
import io.parley.domain.access.BotScope;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.FilterField;
import io.parley.domain.retrieval.FilterValue;
import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.util.BytesRef;

/** Filters as Lucene's queries. */
final class FilterQueries {

  private FilterQueries() {}

  /** What the scope's bot has and the filter lets through. */
  static Query of(BotScope scope, Filter filter) {
    Query inScope = new TermQuery(ChunkFields.scope(scope.tenant(), scope.bot()));
    if (filter.equals(Filter.NONE)) {
      return new ConstantScoreQuery(inScope);
    }
    return new BooleanQuery.Builder()
        .add(inScope, Occur.FILTER)
        .add(of(filter), Occur.FILTER)
        .build();
  }

  private static Query of(Filter filter) {
    return switch (filter) {
      case Filter.All(List<Filter> parts) -> all(parts);
      case Filter.Any(List<Filter> parts) -> any(parts);
      case Filter.Not(Filter part) ->
          new BooleanQuery.Builder()
              .add(MatchAllDocsQuery.INSTANCE, Occur.FILTER)
              .add(of(part), Occur.MUST_NOT)
              .build();
      case Filter.Equal(FilterField field, FilterValue value) -> oneOf(field, List.of(value));
      case Filter.OneOf(FilterField field, List<FilterValue> values) -> oneOf(field, values);
      case Filter.Compared compared -> compared(compared);
      case Filter.Exists(FilterField field) ->
          new TermQuery(
              new Term(ATTRIBUTE, AttributeTerms.prefix(field, AttributeTerms.Kind.EXISTS)));
    };
  }

  private static Query all(List<Filter> parts) {
    if (parts.isEmpty()) {
      return MatchAllDocsQuery.INSTANCE;
    }
    BooleanQuery.Builder every = new BooleanQuery.Builder();
    parts.forEach(part -> every.add(of(part), Occur.FILTER));
    return every.build();
  }

  private static Query any(List<Filter> parts) {
    BooleanQuery.Builder some = new BooleanQuery.Builder();
    parts.forEach(part -> some.add(of(part), Occur.SHOULD));
    return parts.isEmpty() ? none() : some.build();
  }

  private static Query oneOf(FilterField field, List<FilterValue> values) {
    List<BytesRef> terms =
        values.stream()
            .filter(AttributeTerms::isEqualToItself)
            .map(value -> AttributeTerms.term(field, value))
            .toList();
    return terms.isEmpty() ? none() : new TermInSetQuery(ATTRIBUTE, terms);
  }

  private static Query compared(Filter.Compared compared) {
    FilterValue value = compared.value();
    AttributeTerms.Kind kind = AttributeTerms.kind(value);
    if (kind == AttributeTerms.Kind.TRUTH || !AttributeTerms.isEqualToItself(value)) {
      return none();
    }
    BytesRef term = AttributeTerms.term(compared.field(), value);
    BytesRef first = AttributeTerms.prefix(compared.field(), kind);
    return switch (compared.relation()) {
      case GREATER -> range(term, AttributeTerms.afterAll(first), false, false);
      case GREATER_OR_EQUAL -> range(term, AttributeTerms.afterAll(first), true, false);
      case LESS -> range(first, term, true, false);
      case LESS_OR_EQUAL -> range(first, term, true, true);
    };
  }

  private static Query range(BytesRef from, BytesRef to, boolean withFrom, boolean withTo) {
    return new TermRangeQuery(ATTRIBUTE, from, to, withFrom, withTo);
  }

  private static Query none() {
    return new MatchNoDocsQuery("nothing can equal it");
  }
}
