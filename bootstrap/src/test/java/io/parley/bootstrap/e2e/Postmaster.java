package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The embedded PostgreSQL of a data directory, seen from outside. */
final class Postmaster {
  private Postmaster() {}

  /** The server that runs there. */
  static ProcessHandle of(Path data) {
    try {
      Path file = data.resolve("postgres").resolve("data").resolve("postmaster.pid");
      long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
      return ProcessHandle.of(pid).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing that was started from below a directory is left, PostgreSQL included. */
  static void requireNoneBelow(Path directory) {
    Await.until("the end of what runs in " + directory, () -> processes(directory).isEmpty());
    assertThat(processes(directory)).isEmpty();
  }

  /** Command lines of processes that name the directory. */
  static List<String> processes(Path directory) {
    try (var all = ProcessHandle.allProcesses()) {
      return all.map(p -> commandLine(p.pid()))
          .filter(c -> c.contains(directory.toString()))
          .toList();
    }
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline")).replace('\0', ' ');
    } catch (IOException e) {
      return ProcessHandle.of(pid).flatMap(p -> p.info().commandLine()).orElse("");
    }
  }
}
