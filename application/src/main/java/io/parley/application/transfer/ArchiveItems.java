package io.parley.application.transfer;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.storage.Archives;
import io.parley.domain.transfer.ArchiveItem;
import io.parley.domain.transfer.ArchiveLine;
import org.jspecify.annotations.Nullable;

/** The items of an archive, of which the next one can be looked at before it is taken. */
final class ArchiveItems {
  private final Archives.Incoming archive;
  private @Nullable ArchiveItem next;
  private String place;

  ArchiveItems(Archives.Incoming archive) {
    this.archive = archive;
    this.place = archive.place();
    this.next = archive.next().orElse(null);
  }

  /** The next one; null behind the last. */
  @Nullable ArchiveItem peek() {
    return next;
  }

  /** The next one, where it is a line. */
  @Nullable ArchiveLine peekLine() {
    return next instanceof ArchiveItem.Line(ArchiveLine line) ? line : null;
  }

  /** Goes on behind the next one. */
  void take() {
    place = archive.place();
    next = archive.next().orElse(null);
  }

  /** The next one does not fit. */
  PortFailure unfit(String what) {
    return ArchiveDamage.at(archive.place(), what);
  }

  /** Where the item taken last stands. */
  String place() {
    return place;
  }

  double share() {
    return archive.share();
  }
}
