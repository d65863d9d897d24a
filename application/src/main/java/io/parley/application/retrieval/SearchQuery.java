package io.parley.application.retrieval;

import io.parley.domain.document.SourceId;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.FilterField;
import io.parley.domain.retrieval.FilterValue;
import io.parley.domain.retrieval.SearchMode;
import java.util.List;
import java.util.Set;

/**
 * What is looked for.
 *
 * @param text 1–32,000 characters, not blank
 * @param limit 1–50
 */
public record SearchQuery(String text, int limit, SearchMode mode, Filter filter) {

  /** Longest query, in UTF-16 units. */
  public static final int MAX_TEXT = 32_000;

  public SearchQuery {
    if (text.isBlank() || text.length() > MAX_TEXT) {
      throw new IllegalArgumentException("query must have 1 to 32,000 characters.");
    }
    if (limit < 1 || limit > 50) {
      throw new IllegalArgumentException("limit must be between 1 and 50.");
    }
  }

  /** The same, but for some sources. */
  SearchQuery without(Set<SourceId> sources) {
    if (sources.isEmpty()) {
      return this;
    }
    List<FilterValue> ids =
        sources.stream().<FilterValue>map(id -> new FilterValue.Text(id.toString())).toList();
    Filter others = new Filter.Not(new Filter.OneOf(FilterField.Known.DOCUMENT_ID, ids));
    return new SearchQuery(text, limit, mode, new Filter.All(List.of(filter, others)));
  }
}
