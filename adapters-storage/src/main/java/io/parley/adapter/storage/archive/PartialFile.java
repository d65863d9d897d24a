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
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A file that is written beside its place, readable for its owner alone, and is there only once it
 * is whole.
 */
final class PartialFile implements AutoCloseable {
  private final Path file;
  private final Path partial;

  /**
   * A process loses its locks on a file when it closes any channel of it, so that it must not even
   * open one that it writes.
   */
  private static final Set<Path> WRITTEN_HERE = ConcurrentHashMap.newKeySet();

  private final FileChannel channel;
  private final @Nullable FileChannel leftOver;
  private final boolean replace;
  private boolean inPlace;

  private PartialFile(Path file, Path partial, boolean replace) throws IOException {
    this.file = file;
    this.partial = partial;
    this.replace = replace;
    FileChannel created = createdIfNone();
    if (created != null) {
      this.leftOver = null;
      this.channel = lock(created);
      return;
    }
    this.leftOver = lockLeftOver();
    try {
      Files.delete(partial);
      this.channel = lock(open(partial));
    } catch (IOException | RuntimeException e) {
      leftOver.close();
      throw e;
    }
  }

  static PartialFile create(Path file, boolean replace) throws IOException {
    if (!replace && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new ArchiveFailures(file).exists();
    }
    Path partial = canonical(file.resolveSibling(file.getFileName() + ".partial"));
    if (!WRITTEN_HERE.add(partial)) {
      throw new ArchiveFailures(file).busy();
    }
    try {
      return new PartialFile(file, partial, replace);
    } catch (IOException | RuntimeException e) {
      WRITTEN_HERE.remove(partial);
      throw e;
    }
  }

  /** One name for one file, whatever links lead to its folder. */
  private static Path canonical(Path path) throws IOException {
    Path folder = path.getParent();
    return folder == null || !Files.isDirectory(folder)
        ? path
        : folder.toRealPath().resolve(path.getFileName());
  }

  private @Nullable FileChannel createdIfNone() throws IOException {
    try {
      return open(partial);
    } catch (FileAlreadyExistsException e) {
      return null;
    }
  }

  /**
   * What is there is of an export that was killed, or of one that runs: that one holds its lock.
   * The lock on what was left over is kept to the end, so that nobody who has opened it too takes
   * what stands in its place for it.
   */
  private FileChannel lockLeftOver() throws IOException {
    Object before = identity();
    FileChannel opened =
        lock(FileChannel.open(partial, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    if (before.equals(identity())) {
      return opened;
    }
    opened.close();
    throw new ArchiveFailures(file).busy();
  }

  private Object identity() throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(partial, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    Object key = attributes.fileKey();
    return key == null ? attributes.creationTime() : key;
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

  private FileChannel lock(FileChannel channel) throws IOException {
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
    try (channel;
        leftOver) {
      if (!inPlace) {
        Files.deleteIfExists(partial); // while the lock is held: it is ours
      }
    } finally {
      WRITTEN_HERE.remove(partial);
    }
  }
}
