package io.parley.testkit.vectorstore.pinecone;

import static io.parley.testkit.vectorstore.pinecone.IndexVectors.wrong;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Filters on metadata, with the operators that Pinecone has. A list matches when one of its texts
 * does, and what asks that none match looks at all of them.
 */
final class MetadataMatch {
  private static final int MOST_VALUES = 10_000;

  private MetadataMatch() {}

  static boolean matches(Struct filter, Struct metadata) {
    return filter.getFieldsMap().entrySet().stream().allMatch(part -> matches(part, metadata));
  }

  private static boolean matches(Map.Entry<String, Value> part, Struct metadata) {
    return switch (part.getKey()) {
      case "$and" -> parts(part.getValue()).stream().allMatch(one -> matches(one, metadata));
      case "$or" -> parts(part.getValue()).stream().anyMatch(one -> matches(one, metadata));
      default ->
          part.getValue().getStructValue().getFieldsMap().entrySet().stream()
              .allMatch(condition ->
                  holds(
                      condition.getKey(),
                      condition.getValue(),
                      metadata.getFieldsMap().get(part.getKey())));
    };
  }

  private static List<Struct> parts(Value value) {
    List<Value> parts = value.getListValue().getValuesList();
    if (parts.isEmpty()) {
      throw wrong("$and and $or need a part");
    }
    return parts.stream().map(Value::getStructValue).toList();
  }

  private static boolean holds(String operator, Value asked, @Nullable Value held) {
    return switch (operator) {
      case "$exists" -> (held != null) == asked.getBoolValue();
      case "$eq" -> held != null && isAmong(held, List.of(asked));
      case "$ne" -> held == null || !isAmong(held, List.of(asked));
      case "$in" -> held != null && isAmong(held, several(asked));
      case "$nin" -> held == null || !isAmong(held, several(asked));
      case "$gt", "$gte", "$lt", "$lte" -> {
        if (!asked.hasNumberValue()) {
          throw wrong(operator + " needs a number");
        }
        yield held != null
            && held.hasNumberValue()
            && compared(operator, held.getNumberValue(), asked.getNumberValue());
      }
      default -> throw wrong(operator + " is not an operator");
    };
  }

  private static boolean compared(String operator, double held, double asked) {
    return switch (operator) {
      case "$gt" -> held > asked;
      case "$gte" -> held >= asked;
      case "$lt" -> held < asked;
      default -> held <= asked;
    };
  }

  private static List<Value> several(Value asked) {
    List<Value> values = asked.getListValue().getValuesList();
    if (values.isEmpty() || values.size() > MOST_VALUES) {
      throw wrong("$in and $nin need 1 to 10,000 values");
    }
    return values;
  }

  private static boolean isAmong(Value held, List<Value> asked) {
    return held.hasListValue()
        ? held.getListValue().getValuesList().stream().anyMatch(asked::contains)
        : asked.contains(held);
  }

  /** About as many bytes as its JSON has. */
  static int size(Struct metadata) {
    return metadata.getFieldsMap().entrySet().stream()
        .mapToInt(field -> bytes(field.getKey()) + 4 + size(field.getValue()))
        .sum();
  }

  private static int size(Value value) {
    return switch (value.getKindCase()) {
      case STRING_VALUE -> bytes(value.getStringValue()) + 2;
      case LIST_VALUE ->
          value.getListValue().getValuesList().stream().mapToInt(one -> size(one) + 1).sum();
      case NUMBER_VALUE -> Double.toString(value.getNumberValue()).length();
      default -> 5;
    };
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
