package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.server.Fault;
import io.parley.testkit.server.ModelServer;
import io.parley.testkit.vectorstore.qdrant.QdrantServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./parley reindex} from the embedded store and the local model to others, and back. */
class ReindexIT {
  private static final String KEY = "sk-reindex-4711";
  private static final List<String> CITIES =
      List.of("Lisbon", "Oslo", "Cairo", "Quito", "Perth", "Delhi", "Seoul", "Boston", "Prague");
  private static final List<String> FOODS =
      List.of("olives", "herring", "lentils", "maize", "mangoes", "rice", "cabbage", "apples");

  @TempDir private Path directory;
  private final ModelServer models = ModelServer.start().requiring(KEY);
  private final QdrantServer qdrant = QdrantServer.startStrict();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private Installed installed;
  private Path data;
  private RunningParley parley;
  private Person owner;
  private String bot;

  @AfterEach
  void nothingIsLeftRunning() {
    parley.close();
    models.close();
    qdrant.close();
    Postmaster.requireNoneBelow(data);
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("OPENAI_API_KEY", KEY);
    settings.put("OPENAI_BASE_URL", models.openAiUrl().toString());
    settings.put("QDRANT_URL", qdrant.url().toString());
    settings.put("PARLEY_EMBEDDER", "local");
    settings.put("PARLEY_VECTOR_STORE", "embedded");
    settings.put("PARLEY_CHAT_MODEL", "extractive");
    settings.put("PARLEY_CHUNK_SIZE", "200");
    settings.put("PARLEY_CHUNK_OVERLAP", "0");
    return settings;
  }

  private static String passage(String city, String food) {
    return ("In " + city + " the market sells " + food + " on every day but Sunday, when the ")
        + ("traders of " + city + " rest and eat the " + food + " that they could not sell.");
  }

  private static List<String> passages() {
    List<String> passages = new ArrayList<>();
    CITIES.forEach(city -> FOODS.forEach(food -> passages.add(passage(city, food))));
    return passages;
  }

  private Json reindex(String... arguments) {
    List<String> all = new ArrayList<>(List.of("reindex", "--json"));
    all.addAll(List.of(arguments));
    Map<String, String> settings = settings();
    settings.put("PARLEY_DATA_DIR", data.toString());
    return Json.of(Finished.run(installed, settings, all.toArray(String[]::new)).out());
  }

  private static Json in(Json report, String state) {
    return report.items("generations").stream()
        .filter(generation -> generation.text("state").equals(state))
        .findFirst()
        .orElseThrow();
  }

  /** By meaning alone: words would make good what vectors miss. */
  private void ask(int number) {
    String city = CITIES.get(number % CITIES.size());
    String food = FOODS.get(number % FOODS.size());
    boolean found =
        owner
            .search(bot, "traders of " + city + " eat " + food, ",\"mode\":\"vector\",\"limit\":5")
            .stream()
            .anyMatch(hit -> hit.text("content").contains(passage(city, food)));
    if (!found) {
      wrong.add(city + " and " + food);
    }
  }

  private List<ModelServer.Received> embedded() {
    return models.received().stream().filter(call -> call.path().endsWith("/embeddings")).toList();
  }

  private void start() {
    parley = RunningParley.start(installed, data, settings());
  }

  @Test
  void everythingMovesWhileItIsAskedThroughAKillAndBack() throws Exception {
    installed = Installed.in(directory.resolve("home"));
    data = directory.resolve("data");
    start();
    owner = Person.signUp(parley.api(), "trader");
    bot = owner.bot("");
    String document =
        owner.upload(bot, Api.Upload.text("markets.txt", String.join("\n\n", passages())));
    assertThat(owner.followed(document).number("chunks_count")).isGreaterThan(65);
    IntStream.range(0, 10).forEach(this::ask);

    models.onEmbeddings(new Fault.None(), new Fault.Hangs());
    assertThat(reindex("--embedder", "openai", "--vector-store", "qdrant").text("outcome"))
        .isEqualTo("building");
    Await.until("the second batch", () -> embedded().size() == 2);
    IntStream.range(10, 20).forEach(this::ask);
    parley.kill();
    int before = embedded().size();
    start();
    owner = Person.returning(parley.api(), owner.username());
    AtomicBoolean moved = new AtomicBoolean();
    Thread asker =
        Thread.ofPlatform()
            .start(() -> {
              for (int number = 0; !moved.get(); number++) {
                ask(number);
              }
            });
    Json there = reindex("--embedder", "openai", "--vector-store", "qdrant", "--wait");
    Json back = reindex("--back", "--wait");
    moved.set(true);
    asker.join();

    assertThat(wrong).isEmpty();
    Json remote = in(there, "serving");
    assertThat(remote.text("vector_store")).isEqualTo("qdrant");
    assertThat(remote.number("embedded")).isEqualTo(remote.number("chunks"));
    assertThat(qdrant.points(qdrant.collections().getFirst())).hasSize(remote.number("chunks"));
    requireNothingTwice(before);
    assertThat(in(back, "serving").text("vector_store")).isEqualTo("embedded");

    Json dropped = reindex("--drop", remote.text("id"));
    assertThat(dropped.items("generations")).hasSize(1);
    Await.until("the collection is gone", () -> qdrant.collections().isEmpty());
    IntStream.range(20, 30).forEach(this::ask);
    assertThat(wrong).isEmpty();
    movesWithoutAServerAndWithoutAModel(remote.number("chunks"));
  }

  /** The command does the work itself, from the embeddings that are kept. */
  private void movesWithoutAServerAndWithoutAModel(int chunks) {
    parley.close();
    int calls = models.received().size();

    Json moved = reindex("--vector-store", "qdrant");

    assertThat(moved.text("outcome")).isEqualTo("serves");
    assertThat(in(moved, "serving").text("embedder")).isEqualTo("local");
    assertThat(qdrant.points(qdrant.collections().getFirst())).hasSize(chunks);
    assertThat(models.received()).hasSize(calls);
  }

  /** What the first batch brought was kept before the kill. */
  private void requireNothingTwice(int before) {
    List<ModelServer.Received> calls = embedded();
    List<String> kept = passages().stream().filter(calls.getFirst().body()::contains).toList();
    assertThat(kept).hasSizeGreaterThan(30);
    assertThat(calls.subList(before, calls.size()))
        .isNotEmpty()
        .allSatisfy(call -> assertThat(kept).noneMatch(call.body()::contains));
  }
}
