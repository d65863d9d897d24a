package io.parley.domain.document;

import java.util.UUID;

/** The id of a source: a document, an insight or a chapter. */
public record SourceId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
