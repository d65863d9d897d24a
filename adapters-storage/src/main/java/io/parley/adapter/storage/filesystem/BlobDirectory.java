package io.parley.adapter.storage.filesystem;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.parley.domain.document.BlobKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * The tree below the root: which path a key has, directories that are the owner's alone, no link
 * followed, and every change of a directory flushed.
 */
final class BlobDirectory {
  private static final int PLACING_TRIES = 5;

  private final Path root;
  private final boolean posix;
  private final DiskFailures failures;

  /**
   * @param root a real path
   */
  BlobDirectory(Path root) {
    this.root = root;
    this.posix = root.getFileSystem().supportedFileAttributeViews().contains("posix");
    this.failures = new DiskFailures(root);
  }

  static Path relative(BlobKey key) {
    Path folder = Path.of("documents", key.owner().toString(), key.ref().source().toString());
    int version = key.ref().version();
    return (version == 1 ? folder : folder.resolve("v" + version)).resolve(SafeName.of(key.name()));
  }

  /**
   * Whether a regular file is there.
   *
   * @throws io.parley.domain.port.PortFailure when a link or a special file is on the way
   */
  boolean holds(Path relative) throws IOException {
    Path at = root;
    for (int i = 0; i < relative.getNameCount(); i++) {
      at = at.resolve(relative.getName(i));
      boolean last = i == relative.getNameCount() - 1;
      try {
        BasicFileAttributes found =
            Files.readAttributes(at, BasicFileAttributes.class, NOFOLLOW_LINKS);
        if (last ? !found.isRegularFile() : !found.isDirectory()) {
          throw failures.strange(relative);
        }
      } catch (NoSuchFileException e) {
        return false;
      }
    }
    return true;
  }

  FileChannel read(Path relative) throws IOException {
    return FileChannel.open(root.resolve(relative), StandardOpenOption.READ, NOFOLLOW_LINKS);
  }

  /** Moves a finished file to its place, durably, and replaces what is there. */
  void place(Path finished, Path relative) throws IOException {
    for (int tries = 1; ; tries++) {
      makeDirectories(folderOf(relative));
      try {
        holds(relative);
        Files.move(finished, root.resolve(relative), StandardCopyOption.ATOMIC_MOVE);
        break;
      } catch (NoSuchFileException e) {
        // The folder was empty, and an erasure beside us has just taken it away.
        if (tries == PLACING_TRIES) {
          throw e;
        }
      }
    }
    try {
      flush(folderOf(root.resolve(relative)));
    } catch (IOException e) {
      Files.deleteIfExists(root.resolve(relative));
      throw e;
    }
  }

  /** Removes a file, durably, and the folders that it leaves empty. */
  void remove(Path relative) throws IOException {
    if (!holds(relative)) {
      return;
    }
    Path file = root.resolve(relative);
    Files.deleteIfExists(file);
    flush(folderOf(file));
    pruneUpTo(folderOf(relative));
  }

  private void pruneUpTo(Path folder) throws IOException {
    for (Path empty = folder; empty.getNameCount() > 1; empty = folderOf(empty)) {
      try {
        Files.deleteIfExists(root.resolve(empty));
      } catch (DirectoryNotEmptyException e) {
        return;
      }
      flush(folderOf(root.resolve(empty)));
    }
  }

  /** Makes the directories of a relative path; each is the owner's alone, and none is a link. */
  Path makeDirectories(Path relative) throws IOException {
    Path at = root;
    for (Path name : relative) {
      Path parent = at;
      at = at.resolve(name);
      if (Files.isDirectory(at, NOFOLLOW_LINKS)) {
        continue;
      }
      try {
        Files.createDirectory(at, attributes("rwx------"));
        flush(parent);
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(at, NOFOLLOW_LINKS)) {
          throw failures.strange(relative);
        }
      }
    }
    return at;
  }

  /** What a new file or directory gets, where the file system knows permissions. */
  FileAttribute<?>[] attributes(String permissions) {
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static Path folderOf(Path path) {
    return Objects.requireNonNull(path.getParent(), "a path below the root");
  }

  private void flush(Path directory) throws IOException {
    if (!posix) {
      return; // Windows cannot open a directory, and keeps its own journal of names.
    }
    try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
      opened.force(true);
    } catch (NoSuchFileException e) {
      // Emptied and taken away by an erasure beside us: nothing is left to be kept.
    }
  }
}
