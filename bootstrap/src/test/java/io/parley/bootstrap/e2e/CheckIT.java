package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.parley.testkit.server.ModelServer;
import io.parley.testkit.storage.LocalRedis;
import io.parley.testkit.storage.LocalS3;
import io.parley.testkit.vectorstore.qdrant.QdrantServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The doctor, as a shell runs it: before anything is there, beside a server, and from outside. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckIT {
  private static final String KEY = "sk-check-4711";
  private static final String MARK = "blob-store-id";
  private final LocalS3 s3 = LocalS3.startWithPermissions();
  private final String bucket = s3.newBucket();
  private final QdrantServer qdrant = QdrantServer.startStrict();
  private final ModelServer models = ModelServer.start().requiring(KEY);

  /** Absent where its binary does not run. */
  private final Optional<LocalRedis> redis = LocalRedis.tryStart("requirepass " + KEY);

  private Installed installed;
  private Path data;
  private RunningParley parley;

  @BeforeAll
  void start(@TempDir Path directory) {
    installed = Installed.in(directory.resolve("home"));
    data = directory.resolve("data");
    parley = RunningParley.start(installed, data, settings());
  }

  @AfterAll
  void stop() {
    parley.close();
    models.close();
    redis.ifPresent(LocalRedis::close);
    qdrant.close();
    s3.close();
    Postmaster.requireNoneBelow(data);
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("S3_BUCKET_NAME", bucket);
    settings.put("AWS_ACCESS_KEY_ID", LocalS3.ACCESS_KEY);
    settings.put("AWS_SECRET_ACCESS_KEY", LocalS3.SECRET_KEY);
    settings.put("AWS_ENDPOINT_URL_S3", s3.uri().toString());
    settings.put("QDRANT_URL", qdrant.url().toString());
    settings.put("OPENAI_API_KEY", KEY);
    settings.put("OPENAI_BASE_URL", models.openAiUrl().toString());
    settings.put("PARLEY_DATA_DIR", data.toString());
    redis.ifPresent(r -> settings.put("REDIS_URL", "redis://:" + KEY + "@127.0.0.1:" + r.port()));
    return settings;
  }

  /** How many rows each table has. */
  private Map<String, Long> rows() {
    Map<String, Long> rows = Rows.embedded(data).ofAllTables();
    assertThat(rows).containsKeys("sources", "instance_secrets");
    return rows;
  }

  /** What lies in a directory, but for what PostgreSQL keeps for itself. */
  private static List<String> below(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.map(directory::relativize)
          .map(Path::toString)
          .filter(path -> !path.startsWith("postgres/") && !path.startsWith("index/"))
          .filter(path -> !path.contains("command-") && !path.contains("onnxruntime-java"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void withNothingConfiguredEverythingPassesAndNothingIsLeft(@TempDir Path other) {
    Installed fresh = Installed.in(other.resolve("home"));
    List<String> before = below(other);

    Finished checked = Finished.run(fresh, Map.of(), "check");

    assertThat(checked.status()).as(checked.out() + checked.err()).isZero();
    assertThat(checked.out())
        .contains("PostgreSQL (embedded)", "embedded vectors", "embedded words", "local embeddings")
        .contains("extractive answers", "write and read 100 MB", "own process")
        .containsPattern("\\d+ passed, 0 failed, 1 skipped\\.");
    assertThat(checked.err()).isEmpty();
    assertThat(below(other)).isEqualTo(before);
    Postmaster.requireNoneBelow(other);
  }

  @Test
  void anInterruptedCheckCleansUpAndEnds(@TempDir Path other) throws Exception {
    Installed fresh = Installed.in(other.resolve("home"));
    List<String> before = below(other);
    Path out = other.resolve("command-checking.out");
    Process checking =
        fresh
            .command(Map.of(), "check")
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    Await.until(
        "its PostgreSQL",
        () -> Postmaster.processes(other).stream().anyMatch(c -> c.contains("/bin/postgres -D")));

    checking.destroy();

    assertThat(checking.waitFor()).as(Files.readString(out)).isEqualTo(1);
    assertThat(Files.readString(out)).contains("Stopped").doesNotContain("reader of files");
    assertThat(below(other)).isEqualTo(before);
    Postmaster.requireNoneBelow(other);
  }

  @Test
  void besideAServerEveryBackendOfTheSettingsIsTriedAndNothingIsLeft() {
    Map<String, Long> rows = rows();
    List<String> files = below(data);
    List<String> collections = qdrant.collections();

    Finished checked = Finished.run(installed, settings(), "check", "--json");

    assertThat(checked.status()).as(checked.out() + checked.err()).isZero();
    assertThat(checked.out().lines()).hasSize(1);
    Json report = Json.of(checked.out());
    assertThat(report.text("status")).isEqualTo("passed");
    assertThat(report.items("left_behind")).isEmpty();
    assertThat(report.items("checks"))
        .extracting(check -> check.text("subject"))
        .contains(
            "PostgreSQL (embedded)",
            "Qdrant",
            "S3 bucket " + bucket,
            "OpenAI embeddings text-embedding-3-large",
            "OpenAI transcription gpt-4o-mini-transcribe",
            "reader of files")
        .anyMatch(subject -> subject.startsWith("OpenAI chat"));
    assertThat(report.items("checks"))
        .filteredOn(check -> check.text("check").equals("range of a preview"))
        .allMatch(check -> check.text("status").equals("passed"));
    assertThat(checked.out()).doesNotContain(KEY, LocalS3.SECRET_KEY);
    assertThat(rows()).isEqualTo(rows);
    assertThat(below(data)).isEqualTo(files);
    assertThat(qdrant.collections()).isEqualTo(collections);
    assertThat(s3.versions(bucket)).containsExactly(MARK);
    assertThat(s3.unfinished(bucket)).isZero();
  }

  @Test
  void whatFailsIsToldWithWhatToDoAndWhatIsLeftIsNamed() {
    s3.refuse("s3:DeleteObject");
    Map<String, String> settings = settings();
    settings.put("OPENAI_API_KEY", "sk-wrong");

    Finished checked = Finished.run(installed, settings, "check");
    s3.permitAll();

    assertThat(checked.status()).isEqualTo(1);
    assertThat(checked.out())
        .contains("(s3:DeleteObject)", "docs/setup/s3.md", "Left behind, remove it by hand: files")
        .contains("What to do: Check OPENAI_API_KEY")
        .containsPattern("passed +Qdrant +delete")
        .doesNotContain("sk-wrong");
    s3.keys(bucket).stream().filter(k -> !k.equals(MARK)).forEach(k -> s3.remove(bucket, k));
  }

  @Test
  void aRedisIsTriedAndWithoutItTheServerIsReady() {
    assumeThat(redis).as("The Redis of embedded-redis does not run on this machine.").isPresent();
    LocalRedis server = redis.orElseThrow();
    assertThat(cache().text("status")).isEqualTo("up");

    Finished checked = Finished.run(installed, settings(), "check", "--json");
    assertThat(Json.of(checked.out()).items("checks"))
        .filteredOn(check -> check.text("subject").equals("Redis 127.0.0.1:" + server.port()))
        .hasSize(6)
        .allMatch(check -> check.text("status").equals("passed"));

    server.stop();
    assertThat(cache().text("status")).isEqualTo("down");
    assertThat(cache().text("reason")).contains("REDIS_URL").doesNotContain(KEY);
    assertThat(parley.log()).contains("Redis at 127.0.0.1:").doesNotContain(KEY);
    Finished without = Finished.run(installed, settings(), "check");
    assertThat(without.status()).isEqualTo(1);
    assertThat(without.out()).contains("docs/setup/redis.md").doesNotContain(KEY);

    server.startAgain();
    Await.until("Redis", () -> cache().text("status").equals("up"));
  }

  /** What a server that is ready says of its cache. */
  private Json cache() {
    return parley.api().get("/health/ready").json(200).items("backends").stream()
        .filter(backend -> backend.text("name").equals("cache"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aServerIsGoneThroughFromOutside() {
    Person owner = Person.signUp(parley.api(), "doctor");
    Map<String, String> token = Map.of("PARLEY_CHECK_TOKEN", String.valueOf(owner.api().token()));
    String url = parley.uri().toString();

    Finished checked =
        Finished.run(
            installed, token, "check", "--url", url, "--origin", "http://localhost:3000", "--json");

    assertThat(checked.status()).as(checked.out() + checked.err()).isZero();
    assertThat(Json.of(checked.out()).items("checks"))
        .hasSize(14)
        .allMatch(check -> check.text("status").equals("passed"));
    assertThat(checked.out()).doesNotContain(String.valueOf(owner.api().token()));
    assertThat(owner.api().get("/api/v1/bots").json(200).items("bots"))
        .noneMatch(bot -> bot.text("name").startsWith("parley check"));

    Finished wrong = Finished.run(installed, Map.of(), "check", "--url", url);
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("PARLEY_CHECK_TOKEN");
  }
}
