package io.parley.adapter.persistence.embedded;

import io.parley.domain.port.PortFailure;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Runs PostgreSQL's programs to their end. */
final class Programs {

  private static final int SHOWN = 2_000;
  private static final Duration TRIAL = Duration.ofSeconds(10);

  private final Path home;
  private final Path workingDirectory;

  Programs(Path home, Path workingDirectory) {
    this.home = home;
    this.workingDirectory = workingDirectory;
  }

  /**
   * Whether they are there and can be run. As root they run without root's rights, and may not get
   * to where they lie.
   */
  boolean canRun() {
    if (!Files.isExecutable(home.resolve("bin").resolve("postgres"))) {
      return false;
    }
    try {
      if (isRootOnLinux()) {
        run(TRIAL, "postgres", List.of("--version"));
      }
      return true;
    } catch (PortFailure | IOException e) {
      return false;
    }
  }

  /** Runs a program; a failure carries the end of what it printed. */
  void run(Duration atMost, String program, List<String> arguments) throws IOException {
    Path output = workingDirectory.resolve(program + ".out");
    Process process =
        new ProcessBuilder(command(program, arguments))
            .directory(workingDirectory.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(nowhere()))
            .redirectOutput(output.toFile())
            .start();
    if (!ended(process, atMost)) {
      process.destroyForcibly();
      throw EmbeddedFailure.timeout("PostgreSQL's " + program + " did not end in time.");
    }
    if (process.exitValue() != 0) {
      throw EmbeddedFailure.unavailable(
          "PostgreSQL's " + program + " failed: " + tail(output) + rootAdvice(), null);
    }
    Files.deleteIfExists(output);
  }

  private List<String> command(String program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (isRootOnLinux()) {
      // PostgreSQL refuses to run as root. In a user namespace without a mapping it does not see
      // that it is root, and neither can it act as root.
      command.add("unshare");
      command.add("-U");
    }
    command.add(home.resolve("bin").resolve(program + (isWindows() ? ".exe" : "")).toString());
    command.addAll(arguments);
    return command;
  }

  private static String rootAdvice() {
    return isRootOnLinux()
        ? " (Running as root needs user namespaces; an ordinary user does not.)"
        : "";
  }

  private static boolean ended(Process process, Duration atMost) {
    try {
      return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static String tail(Path file) throws IOException {
    if (!Files.exists(file)) {
      return "";
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
    return text.substring(Math.max(0, text.length() - SHOWN));
  }

  private static boolean isRootOnLinux() {
    return System.getProperty("os.name", "").startsWith("Linux")
        && "root".equals(System.getProperty("user.name"));
  }

  private static boolean isWindows() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("win");
  }

  private static File nowhere() {
    return new File(isWindows() ? "NUL" : "/dev/null");
  }
}
