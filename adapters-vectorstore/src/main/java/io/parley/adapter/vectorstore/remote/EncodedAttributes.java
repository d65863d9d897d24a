package io.parley.adapter.vectorstore.remote;

import io.parley.domain.retrieval.ChunkAttributes;
import io.parley.domain.retrieval.FilterField;
import io.parley.domain.retrieval.FilterValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Attributes for stores that know lists of texts and single numbers: a term for each value and each
 * path, and for order the least and the greatest of each path, because a comparison holds for a
 * list when it holds for one of these two.
 *
 * @param least by key, as {@link Condition.Extreme} asks for it
 * @param most likewise
 */
public record EncodedAttributes(
    Set<String> terms, Map<String, Double> least, Map<String, Double> most) {

  /** A filter cannot name a longer path. */
  private static final int MAX_PATH = 200;

  public EncodedAttributes {
    terms = Set.copyOf(terms);
    least = Map.copyOf(least);
    most = Map.copyOf(most);
  }

  /** Everything that a filter may ask of a chunk with these attributes. */
  public static EncodedAttributes of(ChunkAttributes attributes) {
    Collected collected = new Collected();
    collected.value(FilterField.Known.DOCUMENT_ID, text(attributes.ref().source().toString()));
    collected.value(FilterField.Known.CONTENT_TYPE, text(attributes.contentType()));
    collected.value(FilterField.Known.UPLOADED_AT, new FilterValue.Time(attributes.uploadedAt()));
    String language = attributes.language();
    if (language != null) {
      collected.value(FilterField.Known.LANGUAGE, text(language));
    }
    attributes.metadata().values().forEach(collected::metadata);
    return collected.encoded();
  }

  private static FilterValue text(String value) {
    return new FilterValue.Text(value);
  }

  private static final class Collected {
    private final Set<String> terms = new TreeSet<>();
    private final Map<String, Double> least = new TreeMap<>();
    private final Map<String, Double> most = new TreeMap<>();
    private final Map<String, String> leastTexts = new HashMap<>();
    private final Map<String, String> mostTexts = new HashMap<>();

    void metadata(String path, @Nullable Object value) {
      if (value == null || path.isBlank() || path.length() > MAX_PATH) {
        return;
      }
      FilterField field = new FilterField.InMetadata(path);
      switch (value) {
        case String text -> value(field, text(text));
        case Number number -> value(field, new FilterValue.Decimal(number.doubleValue()));
        case Boolean truth -> value(field, new FilterValue.Truth(truth));
        // A list is there when one of its items is.
        case List<?> items -> items.forEach(item -> metadata(path, item));
        case Map<?, ?> object -> {
          terms.add(AttributeKeys.exists(field));
          object.forEach((key, item) -> metadata(path + "." + key, item));
        }
        default -> throw new IllegalArgumentException("Not a value of metadata.");
      }
    }

    void value(FilterField field, FilterValue value) {
      terms.add(AttributeKeys.exists(field));
      terms.add(AttributeKeys.term(field, value));
      String key = AttributeKeys.ordered(field, value);
      switch (value) {
        case FilterValue.Decimal(double number) -> number(key, AttributeKeys.plain(number));
        case FilterValue.Time(var time) -> number(key, (double) AttributeKeys.millis(time));
        case FilterValue.Text(String text) -> {
          leastTexts.merge(key, text, (a, b) -> a.compareTo(b) <= 0 ? a : b);
          mostTexts.merge(key, text, (a, b) -> a.compareTo(b) >= 0 ? a : b);
        }
        case FilterValue.Truth _ -> {}
      }
    }

    private void number(String key, double number) {
      least.merge(key, number, Math::min);
      most.merge(key, number, Math::max);
    }

    EncodedAttributes encoded() {
      leastTexts.forEach((key, text) -> texts(least, key, text));
      mostTexts.forEach((key, text) -> texts(most, key, text));
      return new EncodedAttributes(terms, least, most);
    }

    private static void texts(Map<String, Double> into, String key, String text) {
      List<Double> numbers = TextOrder.numbers(text);
      for (int i = 0; i < numbers.size(); i++) {
        into.put(Condition.nth(key, i), numbers.get(i));
      }
    }
  }
}
