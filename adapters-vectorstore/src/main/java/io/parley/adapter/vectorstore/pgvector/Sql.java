package io.parley.adapter.vectorstore.pgvector;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a statement with the values of its question marks, which are the only way for a value
 * to get into a statement.
 *
 * @param values UUID, String, Integer, Long, Double, byte[], {@code Long[]}, {@code Integer[]},
 *     {@code Short[]}, {@code Double[]}, {@code Boolean[]}, {@code UUID[]}, {@code byte[][]}
 */
record Sql(String text, List<Object> values) {
  Sql {
    values = List.copyOf(values);
  }

  static Sql of(String text, Object... values) {
    return new Sql(text, List.of(values));
  }

  /** One after the other. */
  static Sql joined(Sql... parts) {
    StringBuilder text = new StringBuilder();
    List<Object> values = new ArrayList<>();
    for (Sql part : parts) {
      text.append(part.text).append(' ');
      values.addAll(part.values);
    }
    return new Sql(text.toString(), values);
  }
}
