package io.parley.adapter.vectorstore.pgvector;

import io.parley.adapter.vectorstore.terms.AttributeTerms;
import io.parley.domain.access.BotScope;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.FilterField;
import io.parley.domain.retrieval.FilterValue;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.BytesRef;

/** Filters as conditions on {@link ChunkColumns} of a table {@code t}. */
final class FilterSql {
  private static final Sql ALWAYS = Sql.of("true");
  private static final Sql NEVER = Sql.of("false");

  private final ScopeKeys keys;

  private FilterSql(ScopeKeys keys) {
    this.keys = keys;
  }

  /** What the filter lets through of the scope's bot. */
  static Sql of(BotScope scope, Filter filter) {
    return new FilterSql(new ScopeKeys(scope.tenant(), scope.bot())).of(filter);
  }

  private Sql of(Filter filter) {
    return switch (filter) {
      case Filter.All(List<Filter> parts) -> joined(parts, " and ", ALWAYS);
      case Filter.Any(List<Filter> parts) -> joined(parts, " or ", NEVER);
      case Filter.Not(Filter part) -> Sql.joined(Sql.of("not ("), of(part), Sql.of(")"));
      case Filter.Equal(FilterField field, FilterValue value) -> oneOf(field, List.of(value));
      case Filter.OneOf(FilterField field, List<FilterValue> values) -> oneOf(field, values);
      case Filter.Compared compared -> compared(compared);
      case Filter.Exists(FilterField field) ->
          has(List.of(AttributeTerms.prefix(field, AttributeTerms.Kind.EXISTS)));
    };
  }

  private Sql joined(List<Filter> parts, String with, Sql ofNone) {
    if (parts.isEmpty()) {
      return ofNone;
    }
    List<Sql> all = new ArrayList<>(List.of(Sql.of("(")));
    for (Filter part : parts) {
      if (all.size() > 1) {
        all.add(Sql.of(with));
      }
      all.add(of(part));
    }
    all.add(Sql.of(")"));
    return Sql.joined(all.toArray(Sql[]::new));
  }

  private Sql oneOf(FilterField field, List<FilterValue> values) {
    return has(
        values.stream()
            .filter(AttributeTerms::isEqualToItself)
            .map(value -> AttributeTerms.term(field, value))
            .toList());
  }

  private Sql has(List<BytesRef> terms) {
    return terms.isEmpty()
        ? NEVER
        : Sql.of(
            "t.attributes && ?", (Object) terms.stream().map(keys::attribute).toArray(Long[]::new));
  }

  private Sql compared(Filter.Compared compared) {
    FilterValue value = compared.value();
    AttributeTerms.Kind kind = AttributeTerms.kind(value);
    if (kind == AttributeTerms.Kind.TRUTH || !AttributeTerms.isEqualToItself(value)) {
      return NEVER;
    }
    BytesRef term = AttributeTerms.term(compared.field(), value);
    BytesRef first = AttributeTerms.prefix(compared.field(), kind);
    BytesRef end = AttributeTerms.afterAll(first);
    return switch (compared.relation()) {
      case GREATER -> between(">", term, "<", end);
      case GREATER_OR_EQUAL -> between(">=", term, "<", end);
      case LESS -> between(">=", first, "<", term);
      case LESS_OR_EQUAL -> between(">=", first, "<=", term);
    };
  }

  private static Sql between(String from, BytesRef least, String to, BytesRef most) {
    return Sql.of(
        "exists (select from unnest(t.ordered) as o (term) where o.term "
            + from
            + " ? and o.term "
            + to
            + " ?)",
        ChunkColumns.bytes(least),
        ChunkColumns.bytes(most));
  }
}
