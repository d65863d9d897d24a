package io.parley.domain.retrieval;

import java.util.List;

/** Which sources may be found. Evaluated on the attributes of a chunk's source. */
public sealed interface Filter {

  /** Lets everything through. */
  Filter NONE = new All(List.of());

  /** Every part must hold; an empty one holds. */
  record All(List<Filter> parts) implements Filter {
    public All {
      parts = List.copyOf(parts);
    }
  }

  /** One part must hold; an empty one does not. */
  record Any(List<Filter> parts) implements Filter {
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /** The part must not hold. */
  record Not(Filter part) implements Filter {}

  /** The field is there and equals the value. Not equal is {@code Not(Equal)}. */
  record Equal(FilterField field, FilterValue value) implements Filter {}

  /** The field is there and equals one of the values. */
  record OneOf(FilterField field, List<FilterValue> values) implements Filter {
    public OneOf {
      values = List.copyOf(values);
    }
  }

  /** The field is there, of the value's kind, and stands in the relation to it. */
  record Compared(FilterField field, Relation relation, FilterValue value) implements Filter {}

  /** The field is there and not null. */
  record Exists(FilterField field) implements Filter {}

  /** An order relation: field {@code relation} value. */
  enum Relation {
    GREATER,
    GREATER_OR_EQUAL,
    LESS,
    LESS_OR_EQUAL
  }
}
