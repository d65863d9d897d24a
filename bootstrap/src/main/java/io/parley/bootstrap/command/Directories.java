package io.parley.bootstrap.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Removes what a command made for itself. */
final class Directories {
  private static final int ATTEMPTS = 50;
  private static final long PAUSE_MILLIS = 100;

  private Directories() {}

  /**
   * Removes a directory with everything below it. What goes away or is still written meanwhile, by
   * a process that is about to end, is no error.
   */
  static void delete(Path directory) {
    for (int attempt = 1; !deleted(directory, attempt == ATTEMPTS); attempt++) {
      LockSupport.parkNanos(Duration.ofMillis(PAUSE_MILLIS).toNanos());
    }
  }

  private static boolean deleted(Path directory, boolean last) {
    if (!Files.exists(directory)) {
      return true;
    }
    try (Stream<Path> below = Files.walk(directory)) {
      List<Path> deepestFirst = below.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
      return true;
    } catch (IOException | UncheckedIOException e) {
      if (last) {
        throw new IllegalStateException(directory + " cannot be removed.", e);
      }
      return false;
    }
  }
}
