package io.parley.faults.step;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process that runs {@link StepChild}. */
final class ChildProcess implements AutoCloseable {
  /** Little, and quick to start: what is measured elsewhere is not measured here. */
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xmx160m",
          "-XX:TieredStopAtLevel=1",
          "-Xlog:disable",
          "-Xlog:all=error:stderr",
          "--enable-native-access=ALL-UNNAMED",
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");

  private final Process process;
  private final BufferedReader said;
  private final BufferedWriter orders;

  private ChildProcess(Process process) {
    this.process = process;
    this.said = process.inputReader(StandardCharsets.UTF_8);
    this.orders = process.outputWriter(StandardCharsets.UTF_8);
  }

  /**
   * What it says when it is at rest.
   *
   * @param stuck work is left, and nothing moves
   * @param broken whether the fault that it was told of came true
   * @param calls how often each port was called since it was told
   */
  record Rest(boolean stuck, boolean broken, Map<String, Long> calls) {}

  /**
   * Starts it.
   *
   * @param more flags
   */
  static ChildProcess start(ChildSettings settings, List<String> more) throws IOException {
    Path file = settings.directory().resolve("settings");
    settings.write(file);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(more);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(StepChild.class.getName(), file.toString()));
    File log = settings.directory().resolve("child.log").toFile();
    return new ChildProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log)).start());
  }

  /** Waits until it is at rest; empty when it has ended. */
  Optional<Rest> rest() throws IOException {
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      String[] words = line.split(" ", -1);
      if (words[0].equals(StepChild.QUIET) || words[0].equals(StepChild.STUCK)) {
        return Optional.of(
            new Rest(words[0].equals(StepChild.STUCK), words[1].equals("1"), counts(words)));
      }
    }
    return Optional.empty();
  }

  private static Map<String, Long> counts(String[] words) {
    Map<String, Long> counts = new HashMap<>();
    for (int i = 2; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals > 0) {
        counts.put(words[i].substring(0, equals), Long.parseLong(words[i].substring(equals + 1)));
      }
    }
    return counts;
  }

  /** Tells it what to do; false when it has ended, which its status explains. */
  boolean isOrdered(String line) {
    try {
      orders.write(line);
      orders.newLine();
      orders.flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends it in good order. */
  int end() throws InterruptedException {
    var _ = isOrdered("end");
    return process.waitFor();
  }

  int exitStatus() throws InterruptedException {
    return process.waitFor();
  }

  /** Ends it as {@code kill -9} does it. */
  int kill() throws InterruptedException {
    process.destroyForcibly();
    return process.waitFor();
  }

  /** The last that it logged, for people. */
  static String lastLines(Path directory) throws IOException {
    Path log = directory.resolve("child.log");
    List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
