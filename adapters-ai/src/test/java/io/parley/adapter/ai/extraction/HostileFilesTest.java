package io.parley.adapter.ai.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.hostile.HostileFile;
import io.parley.testkit.hostile.HostileFiles;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Every file that attacks, read by a server of 48 MB of heap in a process of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileFilesTest {

  private static final Path PAGE =
      Path.of("").toAbsolutePath().getParent().resolve("docs/hostile-files.md");
  private static final int MOST_MOVED_KB = 50 * 1024;

  private final Map<String, String[]> outcomes = new LinkedHashMap<>();
  private final List<String[]> memory = new ArrayList<>();
  private String[] replaced = {};
  private int exit = -1;

  @BeforeAll
  void readEverything(@TempDir Path directory) throws Exception {
    Path folder = Files.createDirectory(directory.resolve("files"));
    List<String> command =
        new ArrayList<>(
            List.of(
                ExtractionConfig.defaults(directory).java().toString(),
                "-Xms48m", // of the heap, what is in use is measured apart
                "-Xmx48m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                HostileReading.class.getName(),
                Files.createDirectory(directory.resolve("scratch")).toString()));
    for (HostileFile file : HostileFiles.all()) {
      command.add(file.writeInto(folder).toString());
    }
    Process server =
        new ProcessBuilder(command).redirectError(new File("target/hostile-errors.txt")).start();
    try (var lines = server.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(this::take);
    }
    exit = server.waitFor();
  }

  private void take(String line) {
    String[] told = line.split("\t", -1);
    switch (told[0]) {
      case "file" -> outcomes.put(told[1], told);
      case "memory" -> memory.add(told);
      case "replaced" -> replaced = told;
      default -> {}
    }
  }

  @Test
  void each_is_read_or_refused_with_a_sentence() {
    assertThat(exit).isZero();
    assertThat(outcomes.keySet())
        .containsExactlyElementsOf(HostileFiles.all().stream().map(HostileFile::name).toList());
    assertThat(outcomes.values())
        .allSatisfy(told -> {
          boolean refused = !told[2].equals("read") && !told[2].equals("415");
          assertThat(told[3]).as(told[1]).matches(refused ? "\\S.{20,}\\." : "");
        });
  }

  @Test
  void the_memory_of_the_server_hardly_moves() {
    long heap = Long.parseLong(memory.getLast()[2]) - Long.parseLong(memory.getFirst()[2]);
    long before = Long.parseLong(memory.getFirst()[3]);
    long most = memory.stream().mapToLong(told -> Long.parseLong(told[3])).max().orElse(0);
    System.out.println(
        "Server's memory: heap moved by "
            + heap
            + " kB, resident from "
            + before
            + " to at most "
            + most
            + " kB");

    assertThat(heap).isLessThan(MOST_MOVED_KB);
    assertThat(most - before).isLessThan(MOST_MOVED_KB);
  }

  @Test
  void a_child_that_was_killed_is_replaced() {
    System.out.println("After a kill the next file was read in " + replaced[1] + " ms");

    assertThat(replaced[2]).isEqualTo("true");
  }

  @Test
  void the_outcomes_are_documented() throws IOException {
    StringBuilder page = new StringBuilder(HEAD);
    for (HostileFile file : HostileFiles.all()) {
      String[] told = outcomes.get(file.name());
      String outcome = told[2].equals("read") ? "read" : "`" + told[2] + "`";
      page.append("| %s | %s | %s | %s |\n".formatted(file.name(), file.what(), outcome, told[3]));
    }
    if (Boolean.getBoolean("parley.docs.write")) {
      Files.writeString(PAGE, page);
    }

    assertThat(Files.readString(PAGE)).isEqualTo(page.toString());
  }

  private static final String HEAD =
      """
      # What files that attack end in

      Each file is made by the tests (`io.parley.testkit.hostile`) and read by a server in a process of its own
      (`HostileFilesTest`, which also writes and compares this page). That server's heap and resident memory move by less
      than 50 MB over all of them; it is never restarted, and reads a good file afterwards. *read* means that there was text
      in it, and that the rest did no harm; `415` that the upload is refused, because it is none of the types that can be read.

      `HostileFilesIT` sends the same files to the packaged program over HTTP, together with every file of the folder that
      `PARLEY_TEST_FILES` names.

      | file | what it is | outcome | what it says |
      |---|---|---|---|
      """;
}
