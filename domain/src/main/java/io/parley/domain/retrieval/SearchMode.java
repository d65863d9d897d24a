package io.parley.domain.retrieval;

/** Which indexes are asked. */
public enum SearchMode {
  HYBRID,
  VECTOR,
  KEYWORD
}
