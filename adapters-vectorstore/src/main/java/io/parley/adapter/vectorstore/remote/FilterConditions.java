package io.parley.adapter.vectorstore.remote;

import io.parley.adapter.vectorstore.remote.Condition.Constant;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.Filter.Relation;
import io.parley.domain.retrieval.FilterField;
import io.parley.domain.retrieval.FilterValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Filters as conditions on encoded attributes. */
public final class FilterConditions {

  private FilterConditions() {}

  /** What the filter asks of a chunk. */
  public static Condition of(Filter filter) {
    return switch (filter) {
      case Filter.All(List<Filter> parts) ->
          Condition.all(parts.stream().map(FilterConditions::of).toList());
      case Filter.Any(List<Filter> parts) ->
          Condition.any(parts.stream().map(FilterConditions::of).toList());
      case Filter.Not(Filter part) -> of(part).not();
      case Filter.Equal(FilterField field, FilterValue value) -> oneOf(field, List.of(value));
      case Filter.OneOf(FilterField field, List<FilterValue> values) -> oneOf(field, values);
      case Filter.Compared(FilterField field, Relation relation, FilterValue value) ->
          compared(field, relation, value);
      case Filter.Exists(FilterField field) ->
          new Condition.Terms(Set.of(AttributeKeys.exists(field)), true);
    };
  }

  private static Condition oneOf(FilterField field, List<FilterValue> values) {
    Set<String> terms =
        values.stream()
            .filter(FilterConditions::isEqualToItself)
            .map(value -> AttributeKeys.term(field, value))
            .collect(Collectors.toSet());
    return terms.isEmpty() ? Constant.NEVER : new Condition.Terms(terms, true);
  }

  private static Condition compared(FilterField field, Relation relation, FilterValue value) {
    String key = AttributeKeys.ordered(field, value);
    return switch (value) {
      case FilterValue.Truth _ -> Constant.NEVER;
      case FilterValue.Time(var time) -> number(key, relation, (double) AttributeKeys.millis(time));
      case FilterValue.Decimal(double number) ->
          isEqualToItself(value)
              ? number(key, relation, AttributeKeys.plain(number))
              : Constant.NEVER;
      case FilterValue.Text(String text) -> {
        Condition strictly = text(key, strict(relation), TextOrder.numbers(text));
        yield relation == strict(relation)
            ? strictly
            : Condition.any(List.of(strictly, oneOf(field, List.of(value))));
      }
    };
  }

  /** One of several values is greater when the greatest is. */
  private static Condition number(String key, Relation relation, double value) {
    boolean most = strict(relation) == Relation.GREATER;
    return new Condition.Extreme(most, key, relation, value, true);
  }

  private static Relation strict(Relation relation) {
    return switch (relation) {
      case GREATER, GREATER_OR_EQUAL -> Relation.GREATER;
      case LESS, LESS_OR_EQUAL -> Relation.LESS;
    };
  }

  /** The first number that is not the same decides. */
  private static Condition text(String key, Relation strict, List<Double> numbers) {
    List<Condition> some = new ArrayList<>();
    List<Condition> same = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      String nth = Condition.nth(key, i);
      List<Condition> decided = new ArrayList<>(same);
      decided.add(number(nth, strict, numbers.get(i)));
      some.add(Condition.all(decided));
      boolean most = strict == Relation.GREATER;
      same.add(new Condition.Extreme(most, nth, Relation.GREATER_OR_EQUAL, numbers.get(i), true));
      same.add(new Condition.Extreme(most, nth, Relation.LESS_OR_EQUAL, numbers.get(i), true));
    }
    return Condition.any(some);
  }

  /** Not a number equals nothing and has no order. */
  private static boolean isEqualToItself(FilterValue value) {
    return !(value instanceof FilterValue.Decimal(double number) && Double.isNaN(number));
  }
}
