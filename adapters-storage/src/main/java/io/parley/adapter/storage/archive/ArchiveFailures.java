package io.parley.adapter.storage.archive;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The one place where what goes wrong with an archive becomes a {@link PortFailure}. */
final class ArchiveFailures {
  private static final String BACKEND = "the archive";
  private static final List<String> FULL =
      List.of("no space left", "quota exceeded", "not enough space");

  /**
   * Less than this, and a failed write is taken for a full disk in whatever language it says so.
   */
  private static final long NEARLY_NOTHING = 64 * 1024L;

  private final Path file;

  ArchiveFailures(Path file) {
    this.file = file;
  }

  PortFailure writing(IOException e) {
    String says = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (FULL.stream().anyMatch(says::contains) || nothingLeft()) {
      return new PortFailure(
          Kind.STORAGE_FULL,
          BACKEND,
          "The disk is full: "
              + file
              + " was not written. Free some space, or choose another place.",
          e);
    }
    if (e instanceof NoSuchFileException) {
      return refused("There is no directory " + file.getParent() + ". Make it, or choose another.");
    }
    if (e instanceof AccessDeniedException) {
      return refused("Parley may not write " + file + ". Choose another place.");
    }
    return new PortFailure(Kind.UNAVAILABLE, BACKEND, file + " could not be written.", e);
  }

  private boolean nothingLeft() {
    try {
      Path folder = file.getParent();
      return folder != null && Files.getFileStore(folder).getUsableSpace() < NEARLY_NOTHING;
    } catch (IOException e) {
      return false;
    }
  }

  PortFailure exists() {
    return refused(file + " exists already. Choose another name, or replace it with --force.");
  }

  PortFailure busy() {
    return refused("Another export is writing " + file + ". Wait for it, or choose another name.");
  }

  PortFailure opening(IOException e) {
    if (e instanceof NoSuchFileException) {
      return refused("There is no file " + file + ".");
    }
    if (e instanceof AccessDeniedException) {
      return refused("Parley may not read " + file + ".");
    }
    return new PortFailure(Kind.UNAVAILABLE, BACKEND, file + " could not be read.", e);
  }

  private static PortFailure refused(String sentence) {
    return new PortFailure(Kind.INVALID_CONFIGURATION, BACKEND, sentence, null);
  }

  PortFailure noArchive() {
    return corrupt(file + " is no archive of Parley, or it was cut off.", null);
  }

  PortFailure later(long version) {
    return corrupt(
        file
            + " is of version "
            + version
            + " of the format, which this Parley does not know. Import it with a newer one.",
        null);
  }

  /**
   * Something in the archive is wrong.
   *
   * @param place the entry, with the line where it has some
   */
  PortFailure wrong(String place, String what, @Nullable Throwable cause) {
    return corrupt("The archive is damaged at " + place + ": " + what + ".", cause);
  }

  private static PortFailure corrupt(String sentence, @Nullable Throwable cause) {
    return new PortFailure(Kind.CORRUPT_DATA, BACKEND, sentence, cause);
  }
}
