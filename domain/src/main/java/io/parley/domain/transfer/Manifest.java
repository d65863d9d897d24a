package io.parley.domain.transfer;

import java.time.Instant;

/**
 * What an archive says of itself.
 *
 * @param version of the format
 * @param createdAt as of when everything in it is
 * @param madeBy the version of the program that wrote it
 */
public record Manifest(int version, Instant createdAt, Selection selection, String madeBy) {

  /** The format that this program writes; it reads this one and earlier ones. */
  public static final int VERSION = 1;
}
