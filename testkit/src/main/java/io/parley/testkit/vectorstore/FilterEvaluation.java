package io.parley.testkit.vectorstore;

import io.parley.domain.retrieval.ChunkAttributes;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.Filter.Relation;
import io.parley.domain.retrieval.FilterField;
import io.parley.domain.retrieval.FilterValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Filters as plain conditions on attributes: what every index must agree with. */
public final class FilterEvaluation {

  private FilterEvaluation() {}

  /** Whether a chunk with these attributes passes. */
  public static boolean passes(ChunkAttributes attributes, Filter filter) {
    return switch (filter) {
      case Filter.All all -> all.parts().stream().allMatch(part -> passes(attributes, part));
      case Filter.Any any -> any.parts().stream().anyMatch(part -> passes(attributes, part));
      case Filter.Not not -> !passes(attributes, not.part());
      case Filter.Equal equal ->
          values(attributes, equal.field()).stream()
              .anyMatch(value -> areEqual(value, equal.value()));
      case Filter.OneOf oneOf ->
          values(attributes, oneOf.field()).stream()
              .anyMatch(value -> oneOf.values().stream().anyMatch(one -> areEqual(value, one)));
      case Filter.Compared compared ->
          values(attributes, compared.field()).stream()
              .anyMatch(value -> stands(value, compared.relation(), compared.value()));
      case Filter.Exists exists -> !values(attributes, exists.field()).isEmpty();
    };
  }

  private static boolean areEqual(Object held, FilterValue asked) {
    return switch (asked) {
      case FilterValue.Text text -> held.equals(text.value());
      case FilterValue.Decimal number ->
          held instanceof Number n && n.doubleValue() == number.value();
      case FilterValue.Truth truth -> held.equals(truth.value());
      case FilterValue.Time time ->
          held instanceof Instant t && t.toEpochMilli() == time.value().toEpochMilli();
    };
  }

  private static boolean stands(Object held, Relation relation, FilterValue asked) {
    return switch (asked) {
      case FilterValue.Text text ->
          held instanceof String s && holds(relation, s.compareTo(text.value()));
      case FilterValue.Decimal number ->
          held instanceof Number n && holds(relation, n.doubleValue(), number.value());
      case FilterValue.Truth _ -> false;
      case FilterValue.Time time ->
          held instanceof Instant t
              && holds(relation, Long.compare(t.toEpochMilli(), time.value().toEpochMilli()));
    };
  }

  private static boolean holds(Relation relation, int comparison) {
    return switch (relation) {
      case GREATER -> comparison > 0;
      case GREATER_OR_EQUAL -> comparison >= 0;
      case LESS -> comparison < 0;
      case LESS_OR_EQUAL -> comparison <= 0;
    };
  }

  private static boolean holds(Relation relation, double held, double asked) {
    return switch (relation) {
      case GREATER -> held > asked;
      case GREATER_OR_EQUAL -> held >= asked;
      case LESS -> held < asked;
      case LESS_OR_EQUAL -> held <= asked;
    };
  }

  /** Everything that stands in the field; lists give their items. An object is itself a value. */
  private static List<Object> values(ChunkAttributes attributes, FilterField field) {
    List<Object> found = new ArrayList<>();
    switch (field) {
      case FilterField.Known known -> collect(known(attributes, known), "", found);
      case FilterField.InMetadata in ->
          collect(attributes.metadata().values(), "." + in.path(), found);
    }
    return found;
  }

  private static @Nullable Object known(ChunkAttributes attributes, FilterField.Known field) {
    return switch (field) {
      case DOCUMENT_ID -> attributes.ref().source().toString();
      case CONTENT_TYPE -> attributes.contentType();
      case UPLOADED_AT -> attributes.uploadedAt();
      case LANGUAGE -> attributes.language();
    };
  }

  /**
   * @param rest the rest of the path, each key after a dot; a key may hold dots of its own
   */
  private static void collect(@Nullable Object value, String rest, List<Object> found) {
    if (value instanceof List<?> items) {
      items.forEach(item -> collect(item, rest, found));
    } else if (rest.isEmpty() && value != null) {
      found.add(value);
    } else if (value instanceof Map<?, ?> object) {
      object.forEach((key, item) -> {
        String head = "." + key;
        if (rest.equals(head) || rest.startsWith(head + ".")) {
          collect(item, rest.substring(head.length()), found);
        }
      });
    }
  }
}
