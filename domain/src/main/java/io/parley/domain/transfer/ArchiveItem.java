package io.parley.domain.transfer;

import io.parley.domain.document.VersionRef;
import java.io.InputStream;

/** What an archive holds, piece by piece. */
public sealed interface ArchiveItem {

  /** A section begins; lines until the next item that is none are its own. */
  record Begin(Section section) implements ArchiveItem {}

  record Line(ArchiveLine line) implements ArchiveItem {}

  /**
   * The bytes of a version.
   *
   * @param content to be read before the next item is asked for; what is left is skipped
   */
  record OriginalFile(VersionRef ref, InputStream content) implements ArchiveItem {}
}
