package io.parley.domain.document;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an owner attached to a source: a JSON object of strings, finite numbers, booleans, nulls,
 * lists and objects, at most 5 levels deep and 200 values in all.
 */
public record Metadata(Map<String, @Nullable Object> values) {

  public static final Metadata EMPTY = new Metadata(Map.of());

  private static final int MAX_DEPTH = 5;
  private static final int MAX_VALUES = 200;
  private static final int MAX_TEXT = 8_000;

  public Metadata {
    Checker checker = new Checker();
    values = checker.object(values, 1);
  }

  private static final class Checker {
    private int count;

    Map<String, @Nullable Object> object(Map<?, ?> map, int depth) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, value) -> copy.put(key(key), value(value, depth)));
      return Collections.unmodifiableMap(copy);
    }

    private static String key(@Nullable Object key) {
      if (key instanceof String name) {
        return text(name);
      }
      throw new IllegalArgumentException("The names in metadata must be texts.");
    }

    private @Nullable Object value(@Nullable Object value, int depth) {
      if (++count > MAX_VALUES) {
        throw new IllegalArgumentException("metadata may hold at most 200 values.");
      }
      return switch (value) {
        case null -> null;
        case Boolean b -> b;
        case Number n -> number(n);
        case String s -> text(s);
        case Map<?, ?> m -> object(m, deeper(depth));
        case List<?> l -> list(l, deeper(depth));
        default -> throw new IllegalArgumentException("metadata must be plain JSON values.");
      };
    }

    private List<@Nullable Object> list(List<?> list, int depth) {
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      for (Object item : list) {
        copy.add(value(item, depth));
      }
      return Collections.unmodifiableList(copy);
    }

    private static Number number(Number number) {
      if (!Double.isFinite(number.doubleValue())) {
        throw new IllegalArgumentException("metadata must hold finite numbers.");
      }
      return number;
    }

    private static String text(String text) {
      if (text.length() > MAX_TEXT
          || text.indexOf('\0') >= 0
          || text.codePoints().anyMatch(Checker::isHalf)) {
        throw new IllegalArgumentException(
            "Names and texts in metadata may have at most 8,000 characters, and no NUL or half a character.");
      }
      return text;
    }

    private static boolean isHalf(int codePoint) {
      return Character.getType(codePoint) == Character.SURROGATE;
    }

    private static int deeper(int depth) {
      if (depth >= MAX_DEPTH) {
        throw new IllegalArgumentException("metadata may be at most 5 levels deep.");
      }
      return depth + 1;
    }
  }
}
