package io.parley.domain.document;

/**
 * One version of a source.
 *
 * @param version counts from 1
 */
public record VersionRef(SourceId source, int version) {
  public VersionRef {
    if (version < 1) {
      throw new IllegalArgumentException("Versions count from 1.");
    }
  }
}
