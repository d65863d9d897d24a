package io.parley.application.document;

/**
 * How text is cut.
 *
 * @param size longest chunk in UTF-16 units, 50–20,000
 * @param overlap units that neighbours share where a block had to be cut, less than half of {@code
 *     size}
 */
public record ChunkingOptions(int size, int overlap) {

  /** Fits what the embedded model reads at once, with its headings. */
  public static final ChunkingOptions DEFAULT = new ChunkingOptions(600, 60);

  public ChunkingOptions {
    if (size < 50 || size > 20_000) {
      throw new IllegalArgumentException("PARLEY_CHUNK_SIZE must be between 50 and 20,000.");
    }
    if (overlap < 0 || overlap * 2 >= size) {
      throw new IllegalArgumentException(
          "PARLEY_CHUNK_OVERLAP must be less than half of PARLEY_CHUNK_SIZE.");
    }
  }
}
