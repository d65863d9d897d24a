package io.parley.testkit.vectorstore;

import io.parley.domain.document.Metadata;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.FilterField;
import io.parley.domain.retrieval.FilterValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Seeded metadata and filters over so few values that they meet. */
final class RandomFilters {

  private static final List<String> TEXTS =
      List.of(
          "", "a", "b", "1", "true", "ab", "\uFFFD", "\uD83D\uDE00", "2026-03-04T05:06:07.890Z");
  private static final List<Double> NUMBERS =
      List.of(-1e300, -1.5, -0.0, 0.0, 1.0, 1.5, 2.0, 1e300);
  private static final List<String> KEYS = List.of("a", "b", "c");

  private final Random random;

  RandomFilters(long seed) {
    this.random = new Random(seed);
  }

  @SuppressWarnings("NullAway") // which does not read nullness in the arguments of compiled types
  Metadata metadata() {
    return new Metadata(object(1));
  }

  private Map<String, @Nullable Object> object(int depth) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    KEYS.stream().filter(_ -> random.nextInt(3) > 0).forEach(key -> object.put(key, value(depth)));
    return object;
  }

  private @Nullable Object value(int depth) {
    return switch (random.nextInt(depth < 3 ? 7 : 5)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextBoolean() ? (Object) random.nextInt(3) : oneOf(NUMBERS);
      case 3, 4 -> oneOf(TEXTS);
      case 5 -> object(depth + 1);
      default -> {
        List<@Nullable Object> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add(value(depth + 1));
        }
        yield items;
      }
    };
  }

  Filter filter() {
    return filter(0);
  }

  private Filter filter(int depth) {
    return switch (random.nextInt(depth < 4 ? 8 : 5)) {
      case 0 -> new Filter.Equal(field(), filterValue());
      case 1 -> new Filter.OneOf(field(), several(this::filterValue));
      case 2, 3 -> new Filter.Compared(field(), relation(), filterValue());
      case 4 -> new Filter.Exists(field());
      case 5 -> new Filter.All(several(() -> filter(depth + 1)));
      case 6 -> new Filter.Any(several(() -> filter(depth + 1)));
      default -> new Filter.Not(filter(depth + 1));
    };
  }

  private FilterField field() {
    if (random.nextInt(5) == 0) {
      return oneOf(Arrays.asList(FilterField.Known.values()));
    }
    String path = oneOf(KEYS);
    while (random.nextInt(3) == 0) {
      path += "." + oneOf(KEYS);
    }
    return new FilterField.InMetadata(path);
  }

  private FilterValue filterValue() {
    return switch (random.nextInt(6)) {
      case 0, 1 -> new FilterValue.Text(oneOf(TEXTS));
      case 2, 3 -> new FilterValue.Decimal(random.nextInt(20) == 0 ? Double.NaN : oneOf(NUMBERS));
      case 4 -> new FilterValue.Truth(random.nextBoolean());
      default ->
          new FilterValue.Time(SampleChunks.UPLOADED.plusNanos(600_000L * (random.nextInt(5) - 2)));
    };
  }

  private Filter.Relation relation() {
    return oneOf(Arrays.asList(Filter.Relation.values()));
  }

  private <T> List<T> several(Supplier<T> one) {
    List<T> all = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      all.add(one.get());
    }
    return all;
  }

  private <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
