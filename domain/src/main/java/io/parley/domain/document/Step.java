package io.parley.domain.document;

/**
 * The checkpoints of taking a version in; each has its product in the database, and is idempotent.
 */
public enum Step {
  /** The bytes are in the blob store. */
  STORED,
  /** The pages are kept. */
  EXTRACTED,
  /** The chunks are kept. */
  SPLIT,
  /** Every chunk has its embedding, and the log has its entry. */
  EMBEDDED,
  /** Every serving index has passed the entry, durably. */
  INDEXED;

  public boolean reached(Step other) {
    return compareTo(other) >= 0;
  }
}
