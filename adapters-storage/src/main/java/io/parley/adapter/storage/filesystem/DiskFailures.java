package io.parley.adapter.storage.filesystem;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The one place where what the file system throws becomes a {@link PortFailure}. */
final class DiskFailures {
  private static final String BACKEND = "the blob directory";
  private static final List<String> FULL =
      List.of("no space left", "quota exceeded", "not enough space");
  private static final String READ_ONLY = "read-only file system";

  /**
   * Less than this, and a failed write is taken for a full disk in whatever language it says so.
   */
  private static final long NEARLY_NOTHING = 64 * 1024L;

  private final Path root;

  DiskFailures(Path root) {
    this.root = root;
  }

  /** A write, a rename or a flush that failed. */
  PortFailure writing(IOException e) {
    String says = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (e instanceof AccessDeniedException || says.contains(READ_ONLY)) {
      return denied("write to", e);
    }
    if (FULL.stream().anyMatch(says::contains) || nothingLeft()) {
      return new PortFailure(
          Kind.STORAGE_FULL, BACKEND, "The disk that holds the files is full. Free some space.", e);
    }
    return new PortFailure(
        Kind.UNAVAILABLE, BACKEND, "A file could not be written to the blob directory.", e);
  }

  /** An open or a look that failed. */
  PortFailure reading(IOException e) {
    if (e instanceof AccessDeniedException) {
      return denied("read", e);
    }
    return new PortFailure(
        Kind.UNAVAILABLE, BACKEND, "A file could not be read from the blob directory.", e);
  }

  /** The root cannot be made or looked into. */
  PortFailure opening(IOException e) {
    return new PortFailure(
        Kind.INVALID_CONFIGURATION,
        BACKEND,
        "The blob directory "
            + root
            + " cannot be used. It must be a directory that Parley may read and write.",
        e);
  }

  /** The root, while it is in use. */
  PortFailure unusable() {
    return new PortFailure(
        Kind.UNAVAILABLE, BACKEND, "PARLEY_BLOB_DIR cannot be written to.", null);
  }

  /** Something stands in the directory that Parley never puts there. */
  PortFailure strange(Path relative) {
    return new PortFailure(
        Kind.CORRUPT_DATA,
        BACKEND,
        "A link or a special file stands in the blob directory where Parley keeps its own: "
            + relative.getName(0)
            + ". Remove it.",
        null);
  }

  /** A directory without files for a database with documents. */
  PortFailure empty(long documents) {
    return new PortFailure(
        Kind.INVALID_CONFIGURATION,
        BACKEND,
        "PARLEY_BLOB_DIR points to an empty directory, "
            + root
            + ", while the database knows "
            + documents
            + " documents. Point it to the directory that holds their files, or restore them there.",
        null);
  }

  /** A directory that another database, or another server on this database, uses. */
  PortFailure another() {
    return new PortFailure(
        Kind.INVALID_CONFIGURATION,
        BACKEND,
        "PARLEY_BLOB_DIR points to "
            + root
            + ", which is not the directory that the database was used with. All servers on one"
            + " database need one shared directory; to move it, copy all of it with its file "
            + RootIdentity.NAME
            + ".",
        null);
  }

  private PortFailure denied(String what, IOException e) {
    return new PortFailure(
        Kind.INVALID_CONFIGURATION,
        BACKEND,
        "Parley may not " + what + " the blob directory " + root + ". Change its permissions.",
        e);
  }

  private boolean nothingLeft() {
    try {
      return Files.getFileStore(root).getUsableSpace() < NEARLY_NOTHING;
    } catch (IOException e) {
      return false;
    }
  }
}
