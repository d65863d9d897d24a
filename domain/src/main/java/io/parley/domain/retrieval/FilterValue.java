package io.parley.domain.retrieval;

import java.time.Instant;

/** What a filter compares with. Values of different kinds are never equal and have no order. */
public sealed interface FilterValue {

  /** Compared by code unit. */
  record Text(String value) implements FilterValue {}

  /** Compared as IEEE 754 doubles. */
  record Decimal(double value) implements FilterValue {}

  /** Equal or not; has no order. */
  record Truth(boolean value) implements FilterValue {}

  /** Compared to the millisecond. */
  record Time(Instant value) implements FilterValue {}
}
