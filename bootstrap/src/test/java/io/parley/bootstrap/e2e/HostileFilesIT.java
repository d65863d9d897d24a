package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every file that attacks, and every file of the folder that {@code PARLEY_TEST_FILES} names, is
 * sent to the packaged program over HTTP.
 */
@ExtendWith(SharedParley.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileFilesIT {
  private static final String ENDLESS = "drawing.pdf";
  private static final String MORE_FILES = "PARLEY_TEST_FILES";
  private static final int UPLOADED = 202;
  private static final int AT_ONCE = 8;

  private final Map<Path, Outcome> outcomes = new LinkedHashMap<>();
  private RunningParley parley;
  private Person sender;
  private String bot;

  /** What became of a file: the answer to its upload, and its end where it was taken in. */
  private record Outcome(int status, String end, String sentence) {}

  @BeforeAll
  void sendEverything(RunningParley running, @TempDir Path folder) throws Exception {
    parley = running;
    sender = Person.signUp(running.api(), "attacker");
    bot = sender.bot("");
    Semaphore places = new Semaphore(AT_ONCE);
    List<Path> files = files(folder);
    files.forEach(file -> outcomes.put(file, new Outcome(0, "", "")));
    List<Thread> threads = new ArrayList<>();
    for (Path file : files) {
      places.acquire();
      threads.add(
          Thread.startVirtualThread(() -> {
            try {
              Outcome outcome = send(file);
              synchronized (outcomes) {
                outcomes.put(file, outcome);
              }
            } finally {
              places.release();
            }
          }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    outcomes.forEach((file, outcome) ->
        System.out.printf(
            "%-45s %d %-9s %s%n",
            file.getFileName(), outcome.status(), outcome.end(), outcome.sentence()));
  }

  private static List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    for (HostileFile file : HostileFiles.all()) {
      if (file.name().equals(ENDLESS)) {
        continue; // it takes its full minute, and is read where the outcomes are written down
      }
      files.add(file.writeInto(folder));
    }
    String more = System.getenv(MORE_FILES);
    if (more != null && !more.isBlank()) {
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
  void theSameProcessStillReadsAGoodFile() {
    String other = sender.bot("");
    String document = sender.upload(other, Samples.file("solene-2-trial-summary.pdf"));

    assertThat(sender.followed(document).text("status")).isEqualTo("complete");
    assertThat(parley.isAlive()).isTrue();
    assertThat(parley.log().lines().filter(l -> l.contains("ERROR") || l.startsWith("\tat ")))
        .isEmpty();
  }
}
