package io.parley.adapter.ai.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Finds out whether a command can be run in a network namespace of its own here, and how. */
final class NetworkNamespace {

  private static final List<Path> PLACES =
      List.of(Path.of("/usr/bin/unshare"), Path.of("/bin/unshare"));

  private static final Path OWN = Path.of("/proc/self/ns/net");

  private NetworkNamespace() {}

  /** The words to put before a command, empty when there is no way. */
  static List<String> prefix() {
    for (Path unshare : PLACES) {
      for (String how : List.of("-n", "-rn")) {
        List<String> prefix = List.of(unshare.toString(), how);
        if (Files.isExecutable(unshare) && isElsewhere(prefix)) {
          return prefix;
        }
      }
    }
    return List.of();
  }

  private static boolean isElsewhere(List<String> prefix) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of("readlink", OWN.toString()));
    try {
      Process probe =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      if (!probe.waitFor(5, TimeUnit.SECONDS)) {
        probe.destroyForcibly();
        return false;
      }
      String told = new String(probe.getInputStream().readNBytes(200), UTF_8).strip();
      return probe.exitValue() == 0 && !told.equals(Files.readSymbolicLink(OWN).toString());
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
