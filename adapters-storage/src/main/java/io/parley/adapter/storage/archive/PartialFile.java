package io.parley.adapter.storage.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that is written beside its place, readable for its owner alone, and is there only once it
 * is whole.
 */
final class PartialFile implements AutoCloseable {
  private final Path file;
  private final Path partial;
  private final FileChannel channel;
  private final boolean replace;
  private boolean inPlace;

  private PartialFile(Path file, Path partial, FileChannel channel, boolean replace) {
    this.file = file;
    this.partial = partial;
    this.channel = channel;
    this.replace = replace;
  }

  static PartialFile create(Path file, boolean replace) throws IOException {
    if (!replace && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new ArchiveFailures(file).exists();
    }
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    FileChannel channel = locked(file, partial);
    return new PartialFile(file, partial, channel, replace);
  }

  private static FileChannel locked(Path file, Path partial) throws IOException {
    try {
      return lock(file, open(partial));
    } catch (FileAlreadyExistsException e) {
      // Of an export that was killed, or of one that runs: that one holds its lock.
      lock(file, FileChannel.open(partial, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))
          .close();
      Files.delete(partial);
      return lock(file, open(partial));
    }
  }

  private static FileChannel open(Path partial) throws IOException {
    Set<OpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return FileChannel.open(partial, options, ownerOnly(partial));
  }

  private static FileAttribute<?>[] ownerOnly(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static FileChannel lock(Path file, FileChannel channel) throws IOException {
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Another thread of this process.
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new ArchiveFailures(file).busy();
  }

  /** A file beside it that nobody sees, and that is gone when it is closed. */
  FileChannel scratch() throws IOException {
    Path path = partial.resolveSibling(partial.getFileName() + "." + System.nanoTime());
    Set<OpenOption> options =
        Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    return FileChannel.open(path, options, ownerOnly(path));
  }

  FileChannel channel() {
    return channel;
  }

  /** Puts it in its place, durably. */
  void finish() throws IOException {
    channel.force(true);
    if (!replace && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new ArchiveFailures(file).exists();
    }
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    inPlace = true;
    flush(file.getParent());
  }

  private static void flush(@Nullable Path folder) throws IOException {
    if (folder != null && folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
        directory.force(true);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (!inPlace) {
      Files.deleteIfExists(partial); // while the lock is held: it is ours
    }
    channel.close();
  }
}
