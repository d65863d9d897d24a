package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at any moment loses nothing that was acknowledged. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class DurabilityIT {
  private static final int KILLS = 1;
  private static final int LONGEST_LIFE = 1_500;
  private static final int PARAGRAPHS = 30;
  private static final String WORD = "zebrafish";

  private final long seed = Long.getLong("parley.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final List<String> acknowledged = new CopyOnWriteArrayList<>();
  private Installed installed;
  private Path data;
  private RunningParley parley;
  private Person owner;
  private String bot;
  private int written;

  @BeforeAll
  void open(@TempDir Path directory) {
    installed = Installed.in(directory.resolve("home"));
    data = directory.resolve("data");
    parley = RunningParley.start(installed, data, Map.of());
    owner = Person.signUp(parley.api(), "keeper");
    bot = owner.bot("");
  }

  @AfterAll
  void close() {
    parley.close();
    Postmaster.requireNoneBelow(data);
  }

  private void restart() {
    parley = RunningParley.start(installed, data, Map.of());
    owner = new Person(owner.username(), parley.api().as(owner.api().token()));
  }

  /** A text of so many paragraphs that each becomes a chunk of its own. */
  private Api.Upload text() {
    int number = ++written;
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= PARAGRAPHS; i++) {
      text.append("Paragraph %d of text %d is about the %s. ".formatted(i, number, WORD));
      text.append("It swims in clear water and is never the same. ".repeat(9)).append("\n\n");
    }
    return Api.Upload.text("text-" + number + ".txt", text.toString());
  }

  private void upload(Person person, Api.Upload file) {
    acknowledged.add(person.upload(bot, file));
  }

  @Test
  @Order(1)
  void everyAcknowledgedDocumentIsFinishedHoweverOftenTheServerIsKilled() throws Exception {
    ProcessHandle postgres = Postmaster.of(data);
    for (int kill = 0; kill < KILLS; kill++) {
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        upload(owner, text());
      }
      Thread.sleep(random.nextInt(LONGEST_LIFE));
      Person during = owner;
      Api.Upload unsure = text();
      CompletableFuture<Void> racing = CompletableFuture.runAsync(() -> upload(during, unsure));
      Thread.sleep(random.nextInt(50));
      parley.kill();
      outcome(racing);
      assertThat(postgres.isAlive()).as("PostgreSQL outlives its owner").isTrue();
      restart();
      assertThat(Postmaster.of(data).pid()).as("it is adopted").isEqualTo(postgres.pid());
    }
    acknowledged.forEach(this::requireWhole);
    requireNoneTwice();
  }

  private static void outcome(CompletableFuture<Void> racing) {
    try {
      racing.join();
    } catch (CompletionException e) {
      assertThat(e).hasCauseInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  @Order(2)
  void thePowerCutThatKillsPostgresTooLosesNothingEither() {
    upload(owner, text());
    ProcessHandle postgres = Postmaster.of(data);
    parley.kill();
    postgres.destroyForcibly();
    Await.until("PostgreSQL's end", () -> !postgres.isAlive());
    restart();
    assertThat(Postmaster.of(data).pid()).isNotEqualTo(postgres.pid());
    acknowledged.forEach(this::requireWhole);
    requireNoneTwice();
  }

  @Test
  @Order(3)
  void aSecondServerOnTheSameDirectoryIsRefused() {
    Finished second =
        Finished.run(installed, Map.of("PARLEY_DATA_DIR", data.toString(), "API_PORT", "0"));
    assertThat(second.complaint())
        .contains(data.toString(), "process " + parley.pid(), "PARLEY_DATA_DIR");
    assertThat(parley.api().get("/health").status()).isEqualTo(200);
  }

  @Test
  @Order(4)
  void aServerThatIsToldToStopEndsWell() {
    assertThat(parley.stop()).isZero();
    Postmaster.requireNoneBelow(data);
    assertThat(parley.log()).doesNotContain("\tat ");
  }

  /** Complete by itself, and each of its chunks found exactly once, by words and by meaning. */
  private void requireWhole(String document) {
    Json ended = owner.followed(document);
    assertThat(ended.text("status")).as("seed %d: %s", seed, ended).isEqualTo("complete");
    List<String> chunks =
        owner.api().get(document + "/chunks").json(200).items("chunks").stream()
            .map(c -> c.text("id"))
            .toList();
    assertThat(chunks)
        .hasSize(ended.number("chunks_count"))
        .hasSize(PARAGRAPHS)
        .doesNotHaveDuplicates();
    String only =
        ",\"limit\":50,\"filter\":{\"field\":\"document_id\",\"op\":\"eq\",\"value\":\"%s\"}"
            .formatted(ended.text("id"));
    for (String mode : List.of("keyword", "vector", "hybrid")) {
      assertThat(owner.search(bot, WORD, only + ",\"mode\":\"" + mode + "\""))
          .as("seed %d, %s in mode %s", seed, ended.text("name"), mode)
          .extracting(r -> r.text("chunk_id"))
          .containsExactlyInAnyOrderElementsOf(chunks);
    }
  }

  /** An upload that was cut off may be there or not, but not twice. */
  private void requireNoneTwice() {
    List<Json> all = owner.api().get(bot + "/documents").json(200).items("documents");
    assertThat(all).extracting(d -> d.text("name")).doesNotHaveDuplicates();
    List<String> ids =
        new ArrayList<>(all.stream().map(d -> bot + "/documents/" + d.text("id")).toList());
    assertThat(ids).containsAll(acknowledged).hasSizeBetween(acknowledged.size(), written);
    ids.removeAll(acknowledged);
    ids.forEach(this::requireWhole);
  }
}
