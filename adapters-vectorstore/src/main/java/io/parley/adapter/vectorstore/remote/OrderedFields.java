package io.parley.adapter.vectorstore.remote;

import io.parley.domain.retrieval.FilterField;
import io.parley.domain.retrieval.FilterValue;
import java.time.Instant;
import java.util.List;

/** Keys of numbers that every chunk has, so that a store can be told of them before it has any. */
public final class OrderedFields {

  /** When the source was uploaded. */
  public static final List<String> UPLOADED_AT =
      List.of(
          AttributeKeys.ordered(
              FilterField.Known.UPLOADED_AT, new FilterValue.Time(Instant.EPOCH)));

  private OrderedFields() {}
}
