package io.parley.application.transfer;

import io.parley.domain.port.PortFailure;

/** What does not fit together in an archive. */
final class ArchiveDamage {

  private ArchiveDamage() {}

  /**
   * A failure that says where.
   *
   * @param place of the archive, in its own words
   */
  static PortFailure at(String place, String what) {
    return new PortFailure(
        PortFailure.Kind.CORRUPT_DATA,
        "the archive",
        "The archive is damaged at " + place + ": " + what + ".",
        null);
  }
}
