package io.parley.adapter.storage.filesystem;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files on their way in. Each is locked while it is written, so that a server that starts can tell
 * the leftovers of a crash from what a server beside it is writing.
 */
final class IncomingFiles {
  private static final Logger LOG = LoggerFactory.getLogger(IncomingFiles.class);
  private static final Path FOLDER = Path.of("incoming");
  private static final Pattern OURS = Pattern.compile("parley-[0-9a-f-]{36}\\.(part|old)");

  /** In this process. Opening and closing one of these elsewhere would drop its lock on POSIX. */
  private static final Set<Path> LIVE = ConcurrentHashMap.newKeySet();

  private final BlobDirectory directory;

  IncomingFiles(BlobDirectory directory) {
    this.directory = directory;
  }

  /** A new, empty file. Closing it removes it, unless it was moved away. */
  Incoming create() throws IOException {
    Path folder = directory.makeDirectories(FOLDER);
    return new Incoming(folder.resolve("parley-" + UUID.randomUUID() + ".part"));
  }

  /** Removes what a crash left behind, and says how many files that were. */
  int cleanUp() throws IOException {
    Path folder = directory.makeDirectories(FOLDER);
    int removed = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        removed += isLeftover(file) && removeUnlocked(file) ? 1 : 0;
      }
    }
    if (removed > 0) {
      LOG.info("Removed {} unfinished files that a crash had left.", removed);
    }
    return removed;
  }

  private static boolean isLeftover(Path file) {
    return OURS.matcher(file.getFileName().toString()).matches()
        && Files.isRegularFile(file, NOFOLLOW_LINKS)
        && !LIVE.contains(file);
  }

  private static boolean removeUnlocked(Path file) throws IOException {
    try (FileChannel opened = FileChannel.open(file, StandardOpenOption.WRITE, NOFOLLOW_LINKS);
        FileLock lock = opened.tryLock()) {
      return lock != null && Files.deleteIfExists(file);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** One file on its way in. */
  final class Incoming implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    private Incoming(Path path) throws IOException {
      this.path = path;
      LIVE.add(path);
      try {
        this.channel =
            FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, NOFOLLOW_LINKS),
                directory.attributes("rw-------"));
        lock();
      } catch (IOException | RuntimeException e) {
        LIVE.remove(path);
        throw e;
      }
    }

    private void lock() throws IOException {
      try {
        channel.lock();
      } catch (IOException | RuntimeException e) {
        try (channel) {
          Files.deleteIfExists(path);
        }
        throw e;
      }
    }

    FileChannel channel() {
      return channel;
    }

    /** Flushes the bytes and moves the file to its place. */
    void moveTo(Path relative) throws IOException {
      channel.force(true);
      String name = path.getFileName().toString();
      Path spare = path.resolveSibling(name.replace(".part", ".old"));
      LIVE.add(spare);
      try {
        directory.place(path, relative, spare);
      } finally {
        LIVE.remove(spare);
      }
    }

    @Override
    public void close() throws IOException {
      try (channel) {
        Files.deleteIfExists(path);
      } finally {
        LIVE.remove(path);
      }
    }
  }
}
