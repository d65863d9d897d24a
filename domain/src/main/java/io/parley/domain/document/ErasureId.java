package io.parley.domain.document;

import java.util.UUID;

/** The id of an erasure and of its receipt, which outlives what was erased. */
public record ErasureId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
