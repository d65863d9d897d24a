package io.parley.domain.port.storage;

/** What became of a put. */
public sealed interface PutResult {

  /**
   * Kept.
   *
   * @param size bytes written
   * @param sha256 their checksum, lower-case hexadecimal
   */
  record Stored(long size, String sha256) implements PutResult {}

  /** Refused; nothing was kept. */
  record TooLarge(long maxBytes) implements PutResult {}
}
