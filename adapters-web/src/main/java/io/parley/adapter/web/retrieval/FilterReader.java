package io.parley.adapter.web.retrieval;

import io.parley.adapter.web.json.Ids;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemException;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.FilterField;
import io.parley.domain.retrieval.FilterValue;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads filters as they are sent; anything that is not one ends the request with 422. */
final class FilterReader {
  private static final int DEPTH = 10;
  private static final int PARTS = 200;
  private static final String METADATA = "metadata.";

  private int parts;

  private FilterReader() {}

  static Filter read(@Nullable Object sent) {
    return sent == null ? Filter.NONE : new FilterReader().filter(sent, 1);
  }

  private Filter filter(@Nullable Object sent, int depth) {
    if (++parts > PARTS || depth > DEPTH) {
      throw refused("A filter may have at most 200 parts, 10 levels deep.");
    }
    if (!(sent instanceof Map<?, ?> map)) {
      throw refused("A filter is an object with all, any, not, or field and op.");
    }
    if (map.size() == 1 && map.containsKey("all")) {
      return new Filter.All(list(map.get("all"), depth));
    }
    if (map.size() == 1 && map.containsKey("any")) {
      return new Filter.Any(list(map.get("any"), depth));
    }
    if (map.size() == 1 && map.containsKey("not")) {
      return new Filter.Not(filter(map.get("not"), depth + 1));
    }
    return test(map);
  }

  private List<Filter> list(@Nullable Object sent, int depth) {
    if (!(sent instanceof List<?> list)) {
      throw refused("\"all\" and \"any\" take a list of filters.");
    }
    List<Filter> filters = new ArrayList<>();
    for (Object part : list) {
      filters.add(filter(part, depth + 1));
    }
    return filters;
  }

  private Filter test(Map<?, ?> map) {
    if (!java.util.Set.of("field", "op", "value").containsAll(map.keySet())) {
      throw refused("A test has field, op and value, and nothing else.");
    }
    FilterField field = field(map.get("field"));
    Object value = map.get("value");
    return switch (map.get("op") instanceof String op ? op : "") {
      case "eq" -> new Filter.Equal(field, value(field, value));
      case "ne" -> new Filter.Not(new Filter.Equal(field, value(field, value)));
      case "in" -> new Filter.OneOf(field, values(field, value));
      case "gt" -> compared(field, Filter.Relation.GREATER, value);
      case "gte" -> compared(field, Filter.Relation.GREATER_OR_EQUAL, value);
      case "lt" -> compared(field, Filter.Relation.LESS, value);
      case "lte" -> compared(field, Filter.Relation.LESS_OR_EQUAL, value);
      case "exists" -> exists(field, value);
      default -> throw refused("op must be one of: eq, ne, in, gt, gte, lt, lte, exists.");
    };
  }

  private static Filter exists(FilterField field, @Nullable Object value) {
    if (value != null && !(value instanceof Boolean)) {
      throw refused("\"exists\" takes true or false.");
    }
    Filter exists = new Filter.Exists(field);
    return Boolean.FALSE.equals(value) ? new Filter.Not(exists) : exists;
  }

  private static Filter compared(
      FilterField field, Filter.Relation relation, @Nullable Object sent) {
    FilterValue value = value(field, sent);
    if (value instanceof FilterValue.Truth) {
      throw refused("True and false have no order; compare numbers, texts or times.");
    }
    return new Filter.Compared(field, relation, value);
  }

  private static FilterField field(@Nullable Object sent) {
    return switch (sent instanceof String name ? name : "") {
      case "document_id" -> FilterField.Known.DOCUMENT_ID;
      case "content_type" -> FilterField.Known.CONTENT_TYPE;
      case "uploaded_at" -> FilterField.Known.UPLOADED_AT;
      case "language" -> FilterField.Known.LANGUAGE;
      case String name when name.startsWith(METADATA) -> metadata(name);
      default ->
          throw refused(
              "field must be document_id, content_type, uploaded_at, language or metadata.*.");
    };
  }

  private static FilterField metadata(String name) {
    try {
      return new FilterField.InMetadata(name.substring(METADATA.length()));
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private List<FilterValue> values(FilterField field, @Nullable Object sent) {
    if (!(sent instanceof List<?> list) || list.isEmpty() || list.size() > PARTS) {
      throw refused("\"in\" takes a list of 1 to 200 values.");
    }
    List<FilterValue> values = new ArrayList<>();
    for (Object item : list) {
      values.add(value(field, item));
    }
    return values;
  }

  private static FilterValue value(FilterField field, @Nullable Object sent) {
    return switch (sent) {
      case String text when field == FilterField.Known.UPLOADED_AT -> time(text);
      case String text when field == FilterField.Known.DOCUMENT_ID -> id(text);
      case String text -> new FilterValue.Text(text);
      case Number number when field instanceof FilterField.InMetadata ->
          new FilterValue.Decimal(number.doubleValue());
      case Boolean truth when field instanceof FilterField.InMetadata ->
          new FilterValue.Truth(truth);
      case null, default ->
          throw refused("value must be a text, or for metadata a number, true or false.");
    };
  }

  private static FilterValue id(String text) {
    return Ids.parse(text)
        .map(id -> new FilterValue.Text(id.toString()))
        .orElseThrow(() -> refused("document_id is compared with the id of a document."));
  }

  private static FilterValue time(String text) {
    try {
      return new FilterValue.Time(java.time.OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      throw refused("uploaded_at is compared with an ISO-8601 time such as 2026-01-31T12:00:00Z.");
    }
  }

  private static ProblemException refused(String detail) {
    return Problem.invalid("filter", detail).asException();
  }
}
