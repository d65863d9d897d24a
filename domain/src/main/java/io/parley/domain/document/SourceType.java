package io.parley.domain.document;

/** What kind of knowledge a source is. */
public enum SourceType {
  DOCUMENT,
  INSIGHT,
  CHAPTER
}
