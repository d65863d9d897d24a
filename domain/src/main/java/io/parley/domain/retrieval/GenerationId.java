package io.parley.domain.retrieval;

import java.util.UUID;

/** The id of one index of all chunks under one embedding model and one store. */
public record GenerationId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
