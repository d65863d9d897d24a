package io.parley.adapter.persistence.embedded;

import io.parley.domain.port.PortFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The ownership of a data directory. One process holds it at a time; the operating system takes it
 * back when the process ends, however it ends. To be closed last.
 */
public final class DataDirectoryLock implements AutoCloseable {

  /** The file whose lock is the ownership; it holds the owner's process id. */
  public static final String FILE = "parley.lock";

  /** The id stands behind the locked byte: on some systems a locked range cannot be read. */
  private static final long PID_AT = 1;

  /**
   * What this process owns. Asked first: with POSIX locks, closing any channel of the file gives up
   * the lock that another channel of the same process holds.
   */
  private static final Set<Path> OWNED_HERE = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DataDirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Makes the directory where needed and becomes its owner.
   *
   * @throws PortFailure of kind {@code INVALID_CONFIGURATION} when another process owns it or it
   *     cannot be written
   */
  public static DataDirectoryLock acquire(Path dataDirectory) {
    Path directory = dataDirectory.toAbsolutePath().normalize();
    try {
      PrivateFiles.directory(directory);
      return acquireOnce(directory.toRealPath());
    } catch (IOException e) {
      throw EmbeddedFailure.configuration(
          "The data directory "
              + directory
              + " cannot be used. Check that it can be written, or set PARLEY_DATA_DIR to another.",
          e);
    }
  }

  /** Whether a process owns the directory now; nothing is made, and nothing is taken. */
  public static boolean isHeld(Path dataDirectory) {
    Path file = dataDirectory.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try {
      if (OWNED_HERE.contains(dataDirectory.toRealPath())) {
        return true;
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
          FileLock lock = tryLock(channel)) {
        return lock == null;
      }
    } catch (IOException e) {
      return false; // whoever tries to own it learns why
    }
  }

  private static DataDirectoryLock acquireOnce(Path directory) throws IOException {
    if (!OWNED_HERE.add(directory)) {
      throw owned(directory, Long.toString(ProcessHandle.current().pid()));
    }
    try {
      return acquireIn(directory);
    } catch (IOException | RuntimeException e) {
      OWNED_HERE.remove(directory);
      throw e;
    }
  }

  private static DataDirectoryLock acquireIn(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(FILE),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PrivateFiles.attributes("rw-------"));
    try {
      if (tryLock(channel) == null) {
        throw owned(directory, pidIn(channel));
      }
      channel.truncate(PID_AT);
      channel.write(
          ByteBuffer.wrap(
              ("\n" + ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)),
          0);
      return new DataDirectoryLock(directory, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(0, PID_AT, false);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String pidIn(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(20);
    channel.read(buffer, PID_AT);
    return StandardCharsets.US_ASCII.decode(buffer.flip()).toString().strip();
  }

  private static PortFailure owned(Path directory, String pid) {
    return EmbeddedFailure.configuration(
        "The data directory "
            + directory
            + " is in use by another Parley (process "
            + (pid.isEmpty() ? "unknown" : pid)
            + "). Stop it, or set PARLEY_DATA_DIR to another directory.",
        null);
  }

  /** The directory's real path. */
  public Path directory() {
    return directory;
  }

  /** Gives the directory up. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      OWNED_HERE.remove(directory);
    }
  }
}
