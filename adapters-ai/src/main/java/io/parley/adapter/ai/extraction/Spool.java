package io.parley.adapter.ai.extraction;

import io.parley.adapter.ai.extraction.worker.PrivateFiles;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The server's private directory, in which files lie while they are read. Its name carries the
 * server's process id, so that what a killed server left can be told and removed.
 */
final class Spool implements AutoCloseable {

  private static final String PREFIX = "parley-extraction-";
  private static final long FULL = 1_000_000;

  private final Path directory;

  private Spool(Path directory) {
    this.directory = directory;
  }

  static Spool open(Path parent) {
    try {
      Files.createDirectories(parent);
      removeAbandoned(parent);
      String prefix = PREFIX + ProcessHandle.current().pid() + "-";
      return new Spool(Files.createTempDirectory(parent.toAbsolutePath(), prefix));
    } catch (IOException e) {
      throw new PortFailure(
          Kind.INVALID_CONFIGURATION,
          WorkerPool.BACKEND,
          "The directory for temporary files, " + parent + ", cannot be written to.",
          e);
    }
  }

  private static void removeAbandoned(Path parent) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path each : found) {
        String pid = each.getFileName().toString().substring(PREFIX.length()).split("-", 2)[0];
        if (pid.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
          PrivateFiles.removeAll(each);
        }
      }
    }
  }

  Path directory() {
    return directory;
  }

  /** Writes the whole stream to a file that only this user can read. */
  Path write(InputStream content) {
    Path file = create();
    boolean written = false;
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] buffer = new byte[65_536];
      for (int read = read(content, buffer); read >= 0; read = read(content, buffer)) {
        out.write(buffer, 0, read);
      }
      written = true;
      return file;
    } catch (IOException e) {
      throw notWritten(e);
    } finally {
      if (!written) {
        remove(file);
      }
    }
  }

  private Path create() {
    try {
      return Files.createTempFile(directory, "file-", "");
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  private static int read(InputStream content, byte[] buffer) {
    try {
      return content.read(buffer);
    } catch (IOException e) {
      throw new PortFailure(
          Kind.UNAVAILABLE, WorkerPool.BACKEND, "The stored file could not be read to its end.", e);
    }
  }

  private PortFailure notWritten(IOException e) {
    boolean full = directory.toFile().getUsableSpace() < FULL;
    return new PortFailure(
        full ? Kind.STORAGE_FULL : Kind.UNAVAILABLE,
        WorkerPool.BACKEND,
        full
            ? "There is no space left for temporary files. Free some space."
            : "A temporary file could not be written.",
        e);
  }

  void remove(Path file) {
    PrivateFiles.removeAll(file);
  }

  @Override
  public void close() {
    PrivateFiles.removeAll(directory);
  }
}
