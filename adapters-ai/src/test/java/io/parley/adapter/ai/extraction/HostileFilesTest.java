package io.parley.adapter.ai.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.hostile.HostileFile;
import io.parley.testkit.hostile.HostileFiles;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every file that attacks, read by servers of 48 MB of heap in processes of their own. What never
 * ends is read by one that waits less long.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileFilesTest {

  private static final Path PAGE =
      Path.of("").toAbsolutePath().getParent().resolve("docs/hostile-files.md");
  private static final Set<String> ENDLESS = Set.of("drawing.pdf");
  private static final Duration NOT_LONG = Duration.ofSeconds(15);
  private static final Duration LIMIT = ExtractionConfig.defaults(Path.of("scratch")).timeLimit();
  private static final int MOST_MOVED_KB = 50 * 1024;
  private static final int KILLS = 3;

  private final Map<String, String[]> outcomes = new ConcurrentHashMap<>();
  private final List<Reader> readers =
      List.of(
          new Reader("endless", NOT_LONG, endless(true)),
          new Reader("even", LIMIT, everyOther(0)),
          new Reader("odd", LIMIT, everyOther(1)));

  private static List<HostileFile> endless(boolean wanted) {
    return HostileFiles.all().stream()
        .filter(file -> ENDLESS.contains(file.name()) == wanted)
        .toList();
  }

  private static List<HostileFile> everyOther(int first) {
    List<HostileFile> files = endless(false);
    return IntStream.iterate(first, i -> i < files.size(), i -> i + 2)
        .mapToObj(files::get)
        .toList();
  }

  @BeforeAll
  void readEverything(@TempDir Path directory) throws Exception {
    try (ExecutorService servers = Executors.newCachedThreadPool()) {
      List<Callable<Void>> readings =
          readers.stream().<Callable<Void>>map(reader -> () -> reader.readIn(directory)).toList();
      for (Future<Void> reading : servers.invokeAll(readings)) {
        reading.get();
      }
    }
  }

  /** A server that reads some of them. */
  private final class Reader {
    private final String name;
    private final Duration limit;
    private final List<HostileFile> files;
    private final List<String[]> memory = new ArrayList<>();
    private final List<String[]> replaced = new ArrayList<>();
    private int exit = -1;

    Reader(String name, Duration limit, List<HostileFile> files) {
      this.name = name;
      this.limit = limit;
      this.files = files;
    }

    Void readIn(Path directory) throws IOException, InterruptedException {
      Path folder = Files.createDirectory(directory.resolve(name));
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
                  Files.createDirectory(directory.resolve(name + "-scratch")).toString(),
                  limit.toString()));
      for (HostileFile file : files) {
        command.add(file.writeInto(folder).toString());
      }
      Process server =
          new ProcessBuilder(command)
              .redirectError(new File("target/hostile-errors-" + name + ".txt"))
              .start();
      try (var lines = server.inputReader(StandardCharsets.UTF_8)) {
        lines.lines().forEach(this::take);
      }
      exit = server.waitFor();
      return null;
    }

    private void take(String line) {
      String[] told = line.split("\t", -1);
      switch (told[0]) {
        case "file" -> outcomes.put(told[1], told);
        case "memory" -> memory.add(told);
        case "replaced" -> replaced.add(told);
        default -> {}
      }
    }
  }

  @Test
  void each_is_read_or_refused_with_a_sentence() {
    assertThat(readers).allSatisfy(reader -> assertThat(reader.exit).isZero());
    assertThat(outcomes.keySet())
        .containsExactlyInAnyOrderElementsOf(
            HostileFiles.all().stream().map(HostileFile::name).toList());
    assertThat(outcomes.values())
        .allSatisfy(told -> {
          boolean refused = !told[2].equals("read") && !told[2].equals("415");
          assertThat(told[3]).as(told[1]).matches(refused ? "\\S.{20,}\\." : "");
        });
  }

  @Test
  void the_memory_of_the_servers_hardly_moves() {
    for (Reader reader : readers) {
      List<String[]> memory = reader.memory;
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
  }

  @Test
  void a_child_that_was_killed_is_replaced() {
    List<String[]> replaced = readers.stream().flatMap(r -> r.replaced.stream()).toList();
    List<Long> millis = replaced.stream().map(told -> Long.valueOf(told[1])).sorted().toList();
    System.out.println("After a kill the next file was read within (ms): " + millis);

    assertThat(readers).allSatisfy(reader -> assertThat(reader.replaced).hasSize(KILLS));
    assertThat(replaced).allSatisfy(told -> assertThat(told[2]).isEqualTo("true"));
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

      Each file is made by the tests (`io.parley.testkit.hostile`) and read by one of three servers in processes of their own
      (`HostileFilesTest`, which also writes and compares this page). Their heap and resident memory move by less
      than 50 MB; they are never restarted, and each reads a good file afterwards. *read* means that there was text
      in it, and that the rest did no harm; `415` that the upload is refused, because it is none of the types that can be read.

      `HostileFilesIT` sends the same files, but for `drawing.pdf`, to the packaged program over HTTP, together with every file of
      the folder that `PARLEY_TEST_FILES` names, and compares what becomes of them with this page. `drawing.pdf` would take its full
      minute there; `line.csv` is over the limit of an upload (413); and six large bombs of kinds that others show are sent only
      when a folder is named.

      | file | what it is | outcome | what it says |
      |---|---|---|---|
      """;
}
