package io.parley.adapter.storage.filesystem;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.parley.domain.account.UserId;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.SourceId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The tree below the root: which path a key has, directories that are the owner's alone, no link
 * followed, and every change of a directory flushed.
 */
final class BlobDirectory {
  private static final int PLACING_TRIES = 100;

  private final Path root;
  private final boolean posix;
  private final DirectoryFlush flush;
  private final DiskFailures failures;

  /** Makes the names in a directory survive a crash. */
  @FunctionalInterface
  interface DirectoryFlush {
    void flush(Path directory) throws IOException;
  }

  /**
   * @param root a real path
   */
  BlobDirectory(Path root) {
    // Windows cannot open a directory, and keeps its own journal of names.
    this(root, isPosix(root) ? BlobDirectory::flushOnPosix : directory -> {});
  }

  BlobDirectory(Path root, DirectoryFlush flush) {
    this.root = root;
    this.posix = isPosix(root);
    this.flush = flush;
    this.failures = new DiskFailures(root);
  }

  private static boolean isPosix(Path root) {
    return root.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  static Path folderOf(UserId owner) {
    return Path.of("documents", owner.toString());
  }

  static Path folderOf(UserId owner, SourceId source) {
    return folderOf(owner).resolve(source.toString());
  }

  static Path relative(BlobKey key) {
    Path folder = folderOf(key.owner(), key.ref().source());
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

  Instant changedAt(Path relative) throws IOException {
    return Files.getLastModifiedTime(root.resolve(relative), NOFOLLOW_LINKS).toInstant();
  }

  /**
   * Moves a finished file to its place, durably, and replaces what is there. When that cannot be
   * made durable, what was there before is put back.
   *
   * @param spare a free name on the same file system, under which the old file waits meanwhile
   */
  void place(Path finished, Path relative, Path spare) throws IOException {
    Path target = root.resolve(relative);
    Object moved = identity(finished);
    try {
      boolean replaced = move(finished, relative, spare);
      try {
        flush.flush(folderOf(target));
      } catch (NoSuchFileException e) {
        // Erased again by somebody beside us, with its folder: nothing is left to be kept.
      } catch (IOException e) {
        putBack(target, moved, replaced, spare, e);
        throw e;
      }
    } finally {
      Files.deleteIfExists(spare);
    }
  }

  /** Whether another file was replaced; it has the spare name too, where there are hard links. */
  private boolean move(Path finished, Path relative, Path spare) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        makeDirectories(folderOf(relative));
        boolean replaced = holds(relative) && link(spare, root.resolve(relative));
        Files.move(finished, root.resolve(relative), StandardCopyOption.ATOMIC_MOVE);
        return replaced;
      } catch (NoSuchFileException e) {
        // A folder was empty, and an erasure beside us has just taken it away.
        if (tries == PLACING_TRIES) {
          throw e;
        }
      }
    }
  }

  /** False when the file has just gone. */
  private static boolean link(Path spare, Path file) throws IOException {
    Files.deleteIfExists(spare);
    try {
      Files.createLink(spare, file);
    } catch (NoSuchFileException e) {
      return false;
    } catch (UnsupportedOperationException | FileSystemException e) {
      return true;
    }
    return true;
  }

  private static void putBack(
      Path target, @Nullable Object moved, boolean replaced, Path spare, IOException why) {
    try {
      if (!Objects.equals(identity(target), moved)) {
        return; // Another put has come after this one.
      }
      if (!replaced) {
        Files.deleteIfExists(target);
      } else if (Files.exists(spare, NOFOLLOW_LINKS)) {
        Files.move(spare, target, StandardCopyOption.ATOMIC_MOVE);
      }
      // Without hard links the old bytes are gone: better the new ones, which are whole, than none.
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  private static @Nullable Object identity(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS).fileKey();
  }

  /** Removes a file, durably, and the folders that it leaves empty. */
  void remove(Path relative) throws IOException {
    if (!holds(relative)) {
      return;
    }
    Path file = root.resolve(relative);
    Files.deleteIfExists(file);
    flushIfThere(folderOf(file));
    pruneUpTo(folderOf(relative));
  }

  /** Regular files below a folder, in no order; none when the folder is missing. */
  List<Path> filesBelow(Path relative) throws IOException {
    List<Path> found = new ArrayList<>();
    collect(relative, found);
    return found;
  }

  private void collect(Path relative, List<Path> found) throws IOException {
    if (!Files.isDirectory(root.resolve(relative), NOFOLLOW_LINKS)) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(relative))) {
      for (Path entry : entries) {
        Path name = relative.resolve(String.valueOf(entry.getFileName()));
        if (Files.isDirectory(entry, NOFOLLOW_LINKS)) {
          collect(name, found);
        } else if (Files.isRegularFile(entry, NOFOLLOW_LINKS)) {
          found.add(name);
        }
      }
    } catch (NoSuchFileException e) {
      // Emptied and taken away beside us.
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private void pruneUpTo(Path folder) throws IOException {
    for (Path empty = folder; empty.getNameCount() > 1; empty = folderOf(empty)) {
      try {
        Files.deleteIfExists(root.resolve(empty));
      } catch (DirectoryNotEmptyException e) {
        return;
      }
      flushIfThere(folderOf(root.resolve(empty)));
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
        flushIfThere(parent);
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

  /** Makes the names in the root survive a crash. */
  void flushRoot() throws IOException {
    flush.flush(root);
  }

  private void flushIfThere(Path directory) throws IOException {
    try {
      flush.flush(directory);
    } catch (NoSuchFileException e) {
      // Emptied and taken away by an erasure beside us: nothing is left to be kept.
    }
  }

  private static void flushOnPosix(Path directory) throws IOException {
    try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
      opened.force(true);
    }
  }
}
