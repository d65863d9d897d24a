package io.parley.testkit.vectorstore.qdrant;

import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.FieldCondition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.Match;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Filters on payloads: a field that is a list matches when one of its items does. */
final class PayloadMatch {

  private PayloadMatch() {}

  static boolean matches(Filter filter, Map<String, Value> payload) {
    return filter.getMustList().stream().allMatch(part -> matches(part, payload))
        && filter.getMustNotList().stream().noneMatch(part -> matches(part, payload))
        && (filter.getShouldCount() == 0
            || filter.getShouldList().stream().anyMatch(part -> matches(part, payload)));
  }

  private static boolean matches(Condition condition, Map<String, Value> payload) {
    return switch (condition.getConditionOneOfCase()) {
      case FILTER -> matches(condition.getFilter(), payload);
      case FIELD -> {
        FieldCondition field = condition.getField();
        yield values(payload, field.getKey()).anyMatch(value -> matches(field, value));
      }
      case IS_EMPTY, HAS_ID, IS_NULL, NESTED, HAS_VECTOR, CONDITIONONEOF_NOT_SET ->
          throw StoredCollection.wrong("not understood here: " + condition.getConditionOneOfCase());
    };
  }

  private static boolean matches(FieldCondition field, Value value) {
    return field.hasMatch() ? matches(field.getMatch(), value) : matches(field.getRange(), value);
  }

  private static boolean matches(Match match, Value value) {
    return switch (match.getMatchValueCase()) {
      case KEYWORD -> value.hasStringValue() && value.getStringValue().equals(match.getKeyword());
      case KEYWORDS ->
          value.hasStringValue()
              && match.getKeywords().getStringsList().contains(value.getStringValue());
      case INTEGER -> value.hasIntegerValue() && value.getIntegerValue() == match.getInteger();
      case BOOLEAN -> value.hasBoolValue() && value.getBoolValue() == match.getBoolean();
      case TEXT, TEXT_ANY, PHRASE, INTEGERS, EXCEPT_INTEGERS, EXCEPT_KEYWORDS, MATCHVALUE_NOT_SET ->
          throw StoredCollection.wrong("not understood here: " + match.getMatchValueCase());
    };
  }

  private static boolean matches(Range range, Value value) {
    if (!value.hasDoubleValue() && !value.hasIntegerValue()) {
      return false;
    }
    double number = value.hasDoubleValue() ? value.getDoubleValue() : value.getIntegerValue();
    return (!range.hasGt() || number > range.getGt())
        && (!range.hasGte() || number >= range.getGte())
        && (!range.hasLt() || number < range.getLt())
        && (!range.hasLte() || number <= range.getLte());
  }

  private static Stream<Value> values(Map<String, Value> payload, String key) {
    int dot = key.indexOf('.');
    Value value = payload.get(dot < 0 ? key : key.substring(0, dot));
    if (value == null) {
      return Stream.empty();
    }
    return dot < 0
        ? flat(value)
        : values(value.getStructValue().getFieldsMap(), key.substring(dot + 1));
  }

  private static Stream<Value> flat(Value value) {
    return value.hasListValue()
        ? value.getListValue().getValuesList().stream().flatMap(PayloadMatch::flat)
        : Stream.of(value);
  }

  /** Every field that a filter looks at. */
  static Stream<String> fields(Filter filter) {
    return Stream.of(filter.getMustList(), filter.getMustNotList(), filter.getShouldList())
        .flatMap(List::stream)
        .flatMap(part ->
            part.hasFilter() ? fields(part.getFilter()) : Stream.of(part.getField().getKey()));
  }
}
