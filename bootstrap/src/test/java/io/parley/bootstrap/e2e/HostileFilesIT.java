package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parley.testkit.hostile.HostileFile;
import io.parley.testkit.hostile.HostileFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every file that attacks, and every file of the folder that {@code PARLEY_TEST_FILES} names, is
 * sent to the packaged program over HTTP. It has a server of its own, whose memory is watched.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileFilesIT {
  private static final String ENDLESS = "drawing.pdf";

  /** More of what others do already, for long: sent when a folder is named as well. */
  private static final Set<String> FURTHER =
      Set.of("bomb.odt", "bomb.xlsx", "bomb.pptx", "bomb.epub", "twice.pdf", "stream-loop.xls");

  private static final String MORE_FILES = "PARLEY_TEST_FILES";
  private static final Path PAGE = Path.of("../docs/hostile-files.md");
  private static final int UPLOADED = 202;
  private static final int OVER_LIMIT = 413;
  private static final int UNSUPPORTED = 415;

  /** What a file may end in as well while the machine is busy with other tests. */
  private static final String TOO_SLOW = "Reading this file took too long";

  private static final int AT_ONCE = 8;
  private static final String LONG_CHUNKS = "5000"; // what reads is tried here, not what embeds
  private static final int WARM_UP_ROUNDS = 2;
  private static final int GOOD_ONES = 24;
  private static final long MOST_MOVED_KB = 50 * 1024;

  private final Map<Path, Outcome> outcomes = new LinkedHashMap<>();
  private RunningParley parley;
  private Person sender;
  private String bot;
  private ServerMemory.@Nullable Moved moved;

  /** What became of a file: the answer to its upload, and its end where it was taken in. */
  private record Outcome(int status, String end, String sentence) {
    /** The page has no sentence for what is refused at once. */
    Outcome asOnPage() {
      return end.equals("refused") ? new Outcome(status, end, "") : this;
    }

    /** As a row of the page says it. */
    static Outcome told(String outcome, String sentence) {
      return switch (outcome) {
        case "read" -> new Outcome(UPLOADED, "complete", "");
        case "`415`" -> new Outcome(UNSUPPORTED, "refused", "");
        default -> new Outcome(UPLOADED, "error", sentence);
      };
    }
  }

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    Installed installed = Installed.in(folder.resolve("home"));
    Map<String, String> settings =
        Map.of(
            "PARLEY_JAVA_OPTS",
            installed.options(ServerMemory.HEAP_TOUCHED_BEFORE),
            "PARLEY_CHUNK_SIZE",
            LONG_CHUNKS);
    parley = RunningParley.start(installed, folder.resolve("data"), settings);
    sender = Person.signUp(parley.api(), "attacker");
    bot = sender.bot("");
    warmUp();
    if (!ServerMemory.canBeWatched()) {
      sendEverything(folder);
      return;
    }
    try (ServerMemory memory = ServerMemory.watch(parley.pid())) {
      sendGoodOnes();
      memory.usual();
      sendEverything(folder);
      moved = memory.moved();
    }
  }

  @AfterAll
  void close() {
    parley.close();
  }

  /** What every server takes once it has read, embedded and searched. */
  private void warmUp() {
    String other = sender.bot("");
    for (int i = 0; i < WARM_UP_ROUNDS; i++) {
      sender.followed(sender.upload(other, Samples.file("solene-2-trial-summary.pdf")));
      sender.followed(
          sender.upload(other, Api.Upload.text("warm.txt", "A lantern. ".repeat(4_000 + i))));
      sender.search(other, "lantern " + i, "");
    }
  }

  /** As many good files at once as there are bad ones afterwards. */
  private void sendGoodOnes() throws InterruptedException {
    String other = sender.bot("");
    atOnce(
        IntStream.range(0, GOOD_ONES).boxed().toList(),
        i ->
            sender.followed(
                sender.upload(
                    other,
                    Api.Upload.text("good-%d.txt".formatted(i), "A lamp. ".repeat(900 + i)))));
  }

  private static <T> void atOnce(List<T> all, Consumer<T> work) throws InterruptedException {
    Semaphore places = new Semaphore(AT_ONCE);
    List<Thread> threads = new ArrayList<>();
    for (T one : all) {
      places.acquire();
      threads.add(
          Thread.startVirtualThread(() -> {
            try {
              work.accept(one);
            } finally {
              places.release();
            }
          }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void sendEverything(Path folder) throws Exception {
    List<Path> files = files(folder);
    files.forEach(file -> outcomes.put(file, new Outcome(0, "", "")));
    atOnce(
        files,
        file -> {
          Outcome outcome = send(file);
          synchronized (outcomes) {
            outcomes.put(file, outcome);
          }
        });
    outcomes.forEach((file, outcome) ->
        System.out.printf(
            "%-45s %d %-9s %s%n",
            file.getFileName(), outcome.status(), outcome.end(), outcome.sentence()));
  }

  /** One takes its full minute, and is read where the outcomes are written down. */
  private static boolean isSent(String name) {
    return !name.equals(ENDLESS) && (isFolderNamed() || !FURTHER.contains(name));
  }

  private static boolean isFolderNamed() {
    String more = System.getenv(MORE_FILES);
    return more != null && !more.isBlank();
  }

  private static List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    for (HostileFile file : HostileFiles.all()) {
      if (isSent(file.name())) {
        files.add(file.writeInto(folder));
      }
    }
    String more = System.getenv(MORE_FILES);
    if (more != null && isFolderNamed()) {
      try (Stream<Path> below = Files.walk(Path.of(more))) {
        below.filter(Files::isRegularFile).sorted().forEach(files::add);
      }
    }
    return files;
  }

  private Outcome send(Path file) {
    Answer answer =
        sender.api().upload(bot + "/documents", null, new Api.Upload(name(file), bytes(file)));
    if (answer.status() != UPLOADED) {
      return new Outcome(answer.status(), "refused", answer.problem(answer.status()));
    }
    String id = Json.of(answer.bytes()).items("documents").getFirst().text("id");
    Json document = sender.followed(bot + "/documents/" + id);
    String end = document.text("status");
    return new Outcome(
        answer.status(), end, end.equals("error") ? document.text("error_message") : "");
  }

  private static Map<String, Outcome> page() throws IOException {
    try (Stream<String> lines = Files.lines(PAGE)) {
      return lines
          .filter(line -> line.startsWith("| ") && !line.startsWith("| file "))
          .map(line -> line.split(" ?\\| ?", -1))
          .collect(Collectors.toMap(cell -> cell[1], cell -> Outcome.told(cell[3], cell[4])));
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).replace('"', '_');
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyOneComesToAnEnd() {
    assertThat(outcomes)
        .isNotEmpty()
        .allSatisfy((file, outcome) -> {
          assertThat(outcome.status()).as("%s", file).isBetween(200, 499);
          assertThat(outcome.end()).as("%s", file).isIn("complete", "error", "refused");
          if (!outcome.end().equals("complete")) {
            assertThat(outcome.sentence()).as("%s", file).matches("(?s)\\S.{10,}[.?!]");
          }
        });
  }

  @Test
  void eachEndsAsThePageSays() throws IOException {
    Map<String, Outcome> told = page();
    assertThat(outcomes.keySet().stream().map(HostileFilesIT::name))
        .containsAll(told.keySet().stream().filter(HostileFilesIT::isSent).toList());
    outcomes.forEach((file, outcome) -> {
      Outcome expected = told.get(name(file));
      boolean limited = outcome.status() == OVER_LIMIT; // of uploads, which the reader has none of
      if (expected != null && !limited && !outcome.sentence().startsWith(TOO_SLOW)) {
        assertThat(outcome.asOnPage()).as(name(file)).isEqualTo(expected);
      }
    });
  }

  @Test
  void nothingStaysUnfinished() {
    for (int skip = 0; ; skip += 100) {
      List<Json> page =
          sender.api().get(bot + "/documents?limit=100&skip=" + skip).json(200).items("documents");
      assertThat(page)
          .extracting(document -> document.text("status"))
          .isSubsetOf(List.of("complete", "error"));
      if (page.size() < 100) {
        return;
      }
    }
  }

  @Test
  void theServersOwnMemoryHardlyMoves() {
    assumeTrue(moved != null, "it can be watched on Linux");
    System.out.printf("Server's memory over %d files: %s%n", outcomes.size(), moved);

    assertThat(moved.liveHeapKb()).as("what lives in the heap").isLessThan(MOST_MOVED_KB);
    assertThat(moved.residentKb()).as("resident beside the heap").isLessThan(MOST_MOVED_KB);
  }

  @Test
  void theSameProcessStillReadsAGoodFile() {
    String other = sender.bot("");
    String document = sender.upload(other, Samples.file("solene-2-trial-summary.pdf"));

    assertThat(sender.followed(document).text("status")).isEqualTo("complete");
    assertThat(parley.isAlive()).isTrue();
    assertThat(parley.log().lines().filter(l -> l.contains("ERROR") || l.startsWith("\tat ")))
        .isEmpty();
  }
}
