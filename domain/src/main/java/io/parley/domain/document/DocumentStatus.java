package io.parley.domain.document;

/** Where a version stands. {@code COMPLETE} and {@code ERROR} are the ends. */
public enum DocumentStatus {
  PENDING,
  PROCESSING,
  COMPLETE,
  ERROR
}
