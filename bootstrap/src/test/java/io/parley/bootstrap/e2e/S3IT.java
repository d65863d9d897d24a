package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.storage.LocalS3;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program with its original files in a bucket. */
class S3IT {
  @TempDir private Path directory;
  private LocalS3 s3;
  private String bucket;
  private Installed installed;

  @BeforeEach
  void start() {
    s3 = LocalS3.start();
    bucket = s3.newBucket();
    installed = Installed.in(directory.resolve("home"));
  }

  @AfterEach
  void stop() {
    s3.close();
    Postmaster.requireNoneBelow(directory);
  }

  private Map<String, String> settings() {
    return new HashMap<>(
        Map.of(
            "PARLEY_BLOB_STORE",
            "s3",
            "S3_BUCKET_NAME",
            bucket,
            "AWS_ACCESS_KEY_ID",
            LocalS3.ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY",
            LocalS3.SECRET_KEY,
            "AWS_ENDPOINT_URL_S3",
            s3.uri().toString(),
            "LOG_LEVEL",
            "DEBUG",
            "PARLEY_ERASE_AGAIN_AFTER",
            "1"));
  }

  private List<String> files() {
    return s3.keys(bucket).stream().filter(key -> key.startsWith("documents/")).toList();
  }

  @Test
  void aDocumentLiesInTheBucketIsAnsweredFromAndPreviewedAndGoesWhenItIsErased()
      throws IOException {
    s3.keepVersions(bucket);
    try (RunningParley parley =
        RunningParley.start(installed, directory.resolve("data"), settings())) {
      Person owner = Person.signUp(parley.api(), "owner");
      String bot = owner.bot("");
      String document = owner.upload(bot, Api.Upload.text("Köln 1.txt", "Ada Brandt keeps bees."));
      assertThat(owner.followed(document).text("status")).isEqualTo("complete");
      assertThat(files()).singleElement().asString().endsWith("/Köln 1.txt");
      Json answer = owner.ask(owner.conversation(bot), "Who keeps bees?").at("assistant_message");
      assertThat(answer.text("content")).contains("Ada Brandt");

      String preview = owner.api().get(document + "/preview").json(200).text("url");
      assertThat(preview).startsWith(s3.uri().toString());
      assertThat(parley.api().get(preview).text()).isEqualTo("Ada Brandt keeps bees.");
      String cited = answer.items("citations").getFirst().text("url");
      assertThat(cited).startsWith(s3.uri().toString()).endsWith("#page=1");
      assertThat(parley.api().get("/health/ready").json(200).items("backends"))
          .anyMatch(b -> b.text("name").equals("blob_store") && b.text("status").equals("up"));

      Answer erased = owner.api().delete(document);
      String erasure = "/api/v1/erasures/" + erased.header("Erasure-Id");
      Json receipt =
          Await.value(
              "the second visit",
              () -> {
                Json read = owner.api().get(erasure).json(200);
                return read.text("status").equals("verified") ? read : null;
              });
      assertThat(receipt.items("removals"))
          .filteredOn(r -> r.text("store").equals("blobs") && r.number("visit") == 1)
          .singleElement()
          .satisfies(r -> assertThat(r.number("count")).isEqualTo(1));
      assertThat(s3.versions(bucket)).containsExactly("blob-store-id");
      assertThat(parley.api().get(preview).status()).isEqualTo(404);
      assertThat(parley.log()).doesNotContain(LocalS3.SECRET_KEY, "X-Amz-Signature", "Köln");
    }
    assertThat(Files.exists(directory.resolve("data").resolve("blobs"))).isFalse();
  }

  @Test
  void filesComeOverFromTheDirectoryAndGoBack() throws IOException {
    Path data = directory.resolve("data");
    String name;
    String bot;
    List<String> documents;
    try (RunningParley parley = RunningParley.start(installed, data, Map.of())) {
      Person owner = Person.signUp(parley.api(), "owner");
      name = owner.username();
      bot = owner.bot("");
      documents =
          List.of(
              owner.upload(bot, Api.Upload.text("bees.txt", "Ada Brandt keeps bees.")),
              owner.upload(bot, Api.Upload.text("owls.txt", "Ines Falk keeps owls.")));
      documents.forEach(owner::followed);
    }
    Map<String, String> into = settings();
    into.put("PARLEY_MOVE_BLOBS_FROM", "filesystem");
    try (RunningParley parley = RunningParley.start(installed, data, into)) {
      Person owner = Person.returning(parley.api(), name);
      assertThat(preview(owner, documents.get(0))).isEqualTo("Ada Brandt keeps bees.");
      Await.until("the files come over", () -> hasNoFiles(data));
      assertThat(files()).hasSize(2);
      assertThat(preview(owner, documents.get(1))).isEqualTo("Ines Falk keeps owls.");
    }
    Map<String, String> back = settings();
    back.put("PARLEY_BLOB_STORE", "filesystem");
    back.put("PARLEY_MOVE_BLOBS_FROM", "s3");
    try (RunningParley parley = RunningParley.start(installed, data, back)) {
      Person owner = Person.returning(parley.api(), name);
      Await.until("the files go back", () -> files().isEmpty());
      assertThat(filesBelow(data)).hasSize(2);
      assertThat(preview(owner, documents.get(0))).isEqualTo("Ada Brandt keeps bees.");
      Json answer = owner.ask(owner.conversation(bot), "Who keeps owls?").at("assistant_message");
      assertThat(answer.text("content")).contains("Ines Falk");
    }
  }

  private static String preview(Person owner, String document) {
    String link = owner.api().get(document + "/preview").json(200).text("url");
    return owner.api().get(link).text();
  }

  /** Directories may go while they are looked through. */
  private static boolean hasNoFiles(Path data) throws IOException {
    try {
      return filesBelow(data).isEmpty();
    } catch (NoSuchFileException | UncheckedIOException e) {
      return false;
    }
  }

  private static List<Path> filesBelow(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data.resolve("blobs").resolve("documents"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void aBucketThatIsNotThereStopsTheStartWithASentence() {
    Map<String, String> settings = settings();
    settings.put("S3_BUCKET_NAME", "no-such-bucket");
    settings.put("API_PORT", "0");
    settings.put("PARLEY_DATA_DIR", directory.resolve("data").toString());
    settings.remove("LOG_LEVEL");

    assertThat(Finished.run(installed, settings).complaint())
        .contains("no-such-bucket", "S3_BUCKET_NAME");
  }
}
