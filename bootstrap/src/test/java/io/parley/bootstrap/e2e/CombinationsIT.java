package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parley.testkit.server.ModelServer;
import io.parley.testkit.storage.LocalS3;
import io.parley.testkit.vectorstore.pinecone.PineconeServer;
import io.parley.testkit.vectorstore.qdrant.QdrantServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * From an upload to nothing left, over the adapters that people put together: rows, file, vectors,
 * answer, preview, erasure. Only settings differ.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CombinationsIT {
  private static final String KEY = "key-end-to-end-4711";
  private static final String TEXT =
      "The lantern keeper of Zelvath is Ada Brandt, and she has a boat.";
  private static final String QUESTION = "Who is the lantern keeper of Zelvath?";
  private static final List<String> TABLES =
      List.of("chunks", "pages", "embeddings", "source_versions", "sources", "citations");

  private final LocalS3 s3 = LocalS3.start();
  private final ModelServer models = ModelServer.start().requiring(KEY);
  private final QdrantServer qdrant = QdrantServer.startStrict();
  private final PineconeServer pinecone =
      PineconeServer.start(KEY).withDelay(Duration.ofMillis(200));
  private PostgresServer postgres;
  private Installed installed;
  private Path home;

  /**
   * Settings, and how they are looked at from outside.
   *
   * @param rows of the database, once it is up
   * @param files where the original files are
   * @param vectors how many vectors there are
   */
  private record Combination(
      Map<String, String> settings,
      Supplier<Rows> rows,
      Supplier<List<String>> files,
      LongSupplier vectors) {}

  @BeforeAll
  void start(@TempDir Path directory) {
    home = directory;
    installed = Installed.in(directory.resolve("home"));
    postgres = PostgresServer.start(directory.resolve("postgresql"));
  }

  @AfterAll
  void stop() {
    postgres.close();
    pinecone.close();
    qdrant.close();
    models.close();
    s3.close();
  }

  private void fromAnUploadToNothingLeft(Path data, Combination combination) {
    Map<String, String> settings = new HashMap<>(combination.settings());
    settings.put("PARLEY_ERASE_AGAIN_AFTER", "2");
    try (RunningParley parley = RunningParley.start(installed, data, settings)) {
      Person owner = Person.signUp(parley.api(), "keeper");
      String bot = owner.bot("");
      String document = owner.upload(bot, Api.Upload.text("zelvath.txt", TEXT));
      assertThat(owner.followed(document).text("status")).isEqualTo("complete");
      isEverywhere(combination);
      isAnsweredFrom(parley, owner, bot, document);
      parley.api().get("/health/ready").json(200);
      erase(owner, document);
      isNowhere(combination);
      assertThat(parley.log()).doesNotContain(KEY, LocalS3.SECRET_KEY, "Ada Brandt");
    }
    Postmaster.requireNoneBelow(data);
  }

  private static void isEverywhere(Combination combination) {
    assertThat(combination.rows().get().count("chunks")).isEqualTo(1);
    assertThat(combination.files().get()).singleElement().asString().endsWith("/zelvath.txt");
    assertThat(combination.vectors().getAsLong()).isEqualTo(1);
  }

  private static void isAnsweredFrom(
      RunningParley parley, Person owner, String bot, String document) {
    Json answer = owner.ask(owner.conversation(bot), QUESTION).at("assistant_message");
    assertThat(answer.text("content")).contains("Ada Brandt");
    assertThat(TEXT).contains(answer.items("citations").getFirst().text("quote"));
    assertThat(owner.search(bot, "lantern keeper", ",\"mode\":\"vector\"")).hasSize(1);
    assertThat(owner.search(bot, "Zelvath", ",\"mode\":\"keyword\"")).hasSize(1);
    String preview = owner.api().get(document + "/preview").json(200).text("url");
    assertThat(parley.api().get(preview).text()).isEqualTo(TEXT);
  }

  private static void erase(Person owner, String document) {
    String erasure = "/api/v1/erasures/" + owner.api().delete(document).header("Erasure-Id");
    Json receipt =
        Await.value(
            "the second visit",
            () -> {
              Json read = owner.api().get(erasure).json(200);
              return read.text("status").equals("verified") ? read : null;
            });
    assertThat(receipt.items("removals"))
        .filteredOn(removal -> removal.text("store").equals("vectors"))
        .isNotEmpty()
        .allMatch(removal -> removal.text("evidence").equals("read_back"));
  }

  private static void isNowhere(Combination combination) {
    assertThat(combination.vectors().getAsLong()).isZero();
    assertThat(combination.files().get()).isEmpty();
    for (String table : TABLES) {
      assertThat(combination.rows().get().count(table)).as(table).isZero();
    }
  }

  private Map<String, String> s3(String bucket) {
    return Map.of(
        "S3_BUCKET_NAME",
        bucket,
        "AWS_ACCESS_KEY_ID",
        LocalS3.ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY",
        LocalS3.SECRET_KEY,
        "AWS_ENDPOINT_URL_S3",
        s3.uri().toString());
  }

  private Map<String, String> openAi() {
    return Map.of("OPENAI_API_KEY", KEY, "OPENAI_BASE_URL", models.openAiUrl().toString());
  }

  @SafeVarargs
  private static Map<String, String> all(Map<String, String>... parts) {
    Map<String, String> all = new HashMap<>();
    Stream.of(parts).forEach(all::putAll);
    return all;
  }

  private Supplier<List<String>> filesIn(String bucket) {
    return () -> s3.keys(bucket).stream().filter(key -> key.startsWith("documents/")).toList();
  }

  private static Supplier<List<String>> filesBelow(Path data) {
    return () -> {
      try (Stream<Path> below = Files.walk(data.resolve("blobs").resolve("documents"))) {
        return below.filter(Files::isRegularFile).map(Path::toString).toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /** In the last commits of the embedded indexes. */
  private static long embeddedVectors(Path data) {
    try (Stream<Path> generations = Files.list(data.resolve("index").resolve("vectors"))) {
      long count = 0;
      for (Path generation : generations.toList()) {
        try (FSDirectory directory = FSDirectory.open(generation);
            DirectoryReader reader = DirectoryReader.open(directory)) {
          count += reader.numDocs();
        }
      }
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long pineconeVectors() {
    String index = pinecone.indexes().getFirst();
    assertThat(index).startsWith("parley-");
    assertThat(pinecone.vectors(index).toString()).doesNotContain("Zelvath", "lantern");
    return pinecone.vectors(index).size();
  }

  private long qdrantVectors() {
    Map<String, String> points = qdrant.points(qdrant.collections().getFirst());
    assertThat(points.toString()).doesNotContain("Zelvath", "lantern");
    return points.size();
  }

  @Test
  void nothingConfigured() {
    Path data = home.resolve("embedded");
    fromAnUploadToNothingLeft(
        data,
        new Combination(
            Map.of(), () -> Rows.embedded(data), filesBelow(data), () -> embeddedVectors(data)));
  }

  @Test
  void postgresWithPgvectorS3AndOpenAi() {
    assumeTrue(PostgresServer.hasPgvector(), PostgresServer.SKIPPED);
    Path data = home.resolve("pgvector");
    PostgresServer.Database database = postgres.newDatabase("with_pgvector");
    String bucket = s3.newBucket();
    String count = "select sum(chunks) from public_index.positions where name like 'vectors%'";
    Map<String, String> settings =
        all(
            s3(bucket),
            openAi(),
            Map.of("DATABASE_URL", database.url(), "PARLEY_VECTOR_STORE", "pgvector"));
    fromAnUploadToNothingLeft(
        data,
        new Combination(
            settings, database::rows, filesIn(bucket), () -> database.rows().number(count)));
    assertThat(database.rows().count("public_index.words")).isZero();
    assertThat(data.resolve("index").resolve("words")).doesNotExist();
    checkPasses(settings, data);
    assertThat(database.rows().number("select count(*) from public_index.positions"))
        .as("what the check made is gone")
        .isEqualTo(2);
  }

  private void checkPasses(Map<String, String> settings, Path data) {
    Map<String, String> withData = all(settings, Map.of("PARLEY_DATA_DIR", data.toString()));
    Finished checked = Finished.run(installed, withData, "check");
    assertThat(checked.status()).as(checked.out() + checked.err()).isZero();
    assertThat(checked.out()).contains("pgvector", "words in PostgreSQL", "OpenAI chat");
  }

  @Test
  void postgresWithPineconeS3AndOpenAiAt3072Dimensions() {
    PostgresServer.Database database = postgres.newDatabase("with_pinecone");
    String bucket = s3.newBucket();
    fromAnUploadToNothingLeft(
        home.resolve("pinecone"),
        new Combination(
            all(
                s3(bucket),
                openAi(),
                Map.of(
                    "DATABASE_URL", database.url(),
                    "PINECONE_API_KEY", KEY,
                    "PINECONE_CONTROLLER_HOST", pinecone.url().toString())),
            database::rows,
            filesIn(bucket),
            this::pineconeVectors));
    assertThat(models.received())
        .filteredOn(call -> call.path().endsWith("/embeddings"))
        .last()
        .satisfies(call -> assertThat(call.body()).contains("\"dimensions\":3072"));
  }

  @Test
  void postgresWithQdrantAndGemini() {
    Path data = home.resolve("qdrant");
    PostgresServer.Database database = postgres.newDatabase("with_qdrant");
    fromAnUploadToNothingLeft(
        data,
        new Combination(
            Map.of(
                "DATABASE_URL", database.url(),
                "QDRANT_URL", qdrant.url().toString(),
                "GOOGLE_API_KEY", KEY,
                "GOOGLE_BASE_URL", models.geminiUrl().toString()),
            database::rows,
            filesBelow(data),
            this::qdrantVectors));
  }
}
