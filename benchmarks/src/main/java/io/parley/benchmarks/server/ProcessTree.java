package io.parley.benchmarks.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The processes of one installation: PostgreSQL's are nobody's children once they run. */
final class ProcessTree {
  private ProcessTree() {}

  static List<Long> of(long server, Path data) throws IOException {
    List<Long> processes = new ArrayList<>();
    add(processes, server);
    Path pidFile = data.resolve("postgres/data/postmaster.pid");
    if (Files.exists(pidFile)) {
      add(processes, Long.parseLong(Files.readAllLines(pidFile).getFirst().strip()));
    }
    return processes;
  }

  private static void add(List<Long> processes, long root) {
    ProcessHandle.of(root)
        .ifPresent(handle ->
            Stream.concat(Stream.of(handle), handle.descendants())
                .map(ProcessHandle::pid)
                .filter(pid -> !processes.contains(pid))
                .forEach(processes::add));
  }
}
