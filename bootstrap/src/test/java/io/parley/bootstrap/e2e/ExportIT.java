package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.storage.LocalS3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./parley export} beside a server, and {@code import} into another installation. */
class ExportIT {
  private static final String OLD = "Ada Brandt is the keeper of the lighthouse at Grey Point.";
  private static final String NEW = "Tom Berg is the keeper of the lighthouse at Grey Point.";
  private static final String QUESTION = "Who is the keeper of the lighthouse at Grey Point?";

  @TempDir private Path directory;
  private LocalS3 s3;
  private String bucket;
  private Installed installed;
  private Path archive;

  @BeforeEach
  void install() {
    s3 = LocalS3.start();
    bucket = s3.newBucket();
    installed = Installed.in(directory.resolve("home"));
    archive = installed.home().resolve("everything.zip");
  }

  @AfterEach
  void nothingIsLeftRunning() {
    s3.close();
    Postmaster.requireNoneBelow(directory);
  }

  private Map<String, String> here() {
    return new HashMap<>(Map.of("PARLEY_DATA_DIR", directory.resolve("data").toString()));
  }

  /** Another installation, with its files in a bucket. */
  private Map<String, String> there() {
    Map<String, String> settings = new HashMap<>();
    settings.put("PARLEY_DATA_DIR", directory.resolve("elsewhere").toString());
    settings.put("PARLEY_BLOB_STORE", "s3");
    settings.put("S3_BUCKET_NAME", bucket);
    settings.put("AWS_ACCESS_KEY_ID", LocalS3.ACCESS_KEY);
    settings.put("AWS_SECRET_ACCESS_KEY", LocalS3.SECRET_KEY);
    settings.put("AWS_ENDPOINT_URL_S3", s3.uri().toString());
    return settings;
  }

  private Json done(Map<String, String> settings, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    Finished finished = Finished.run(installed, settings, all.toArray(String[]::new));
    assertThat(finished.status()).as(finished.err()).isZero();
    return Json.of(finished.out());
  }

  @Test
  void everythingMovesToAnotherInstallationWithAnotherBlobStore() throws IOException {
    Person owner;
    String bot;
    String document;
    String conversation;
    try (RunningParley parley =
        RunningParley.start(installed, directory.resolve("data"), Map.of())) {
      owner = Person.signUp(parley.api(), "keeper");
      bot = owner.bot("");
      document = owner.upload(bot, Api.Upload.text("light.txt", OLD));
      owner.followed(document);
      conversation = owner.conversation(bot);
      assertThat(owner.ask(conversation, QUESTION).at("assistant_message").text("content"))
          .contains("Ada Brandt");
      owner.api().put(document + "/content", "{\"content\":" + Json.quoted(NEW) + "}").json(202);
      owner.followed(document);

      Json exported = done(here(), "export", "everything.zip");

      assertThat(exported.number("documents")).isEqualTo(1);
      assertThat(exported.number("accounts")).isEqualTo(1);
      assertThat(Finished.run(installed, here(), "export", "everything.zip").complaint())
          .contains("exists already", "--force");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)))
        .isEqualTo("rw-------");
    refusesWhatIsNoArchive();

    Json imported = done(there(), "import", "everything.zip");

    assertThat(imported.number("documents")).isEqualTo(1);
    assertThat(imported.number("conversations")).isEqualTo(1);
    assertThat(s3.keys(bucket).stream().filter(key -> key.startsWith("documents/"))).hasSize(2);
    isAllThere(owner.username(), bot, document, conversation);
  }

  private void refusesWhatIsNoArchive() throws IOException {
    byte[] whole = Files.readAllBytes(archive);
    whole[whole.length / 2] ^= 0x10;
    Files.write(installed.home().resolve("damaged.zip"), whole);
    assertThat(Finished.run(installed, there(), "import", "damaged.zip").complaint())
        .contains("The archive is damaged at ");
    assertThat(s3.keys(bucket)).noneMatch(key -> key.startsWith("documents/"));
  }

  private void isAllThere(String username, String bot, String document, String conversation) {
    try (RunningParley parley =
        RunningParley.start(installed, directory.resolve("elsewhere"), there())) {
      String token = Person.logIn(parley.api(), username).text("access_token");
      Person owner = new Person(username, parley.api().as(token));
      assertThat(owner.api().get(document).json(200).text("status")).isEqualTo("complete");
      assertThat(owner.search(bot, QUESTION, ""))
          .extracting(hit -> hit.text("content"))
          .containsExactly(NEW);
      Json answer =
          owner.api().get(conversation + "/messages").json(200).items("messages").getLast();
      Json cited = answer.items("citations").getFirst();
      assertThat(cited.text("quote")).isEqualTo(OLD);
      assertThat(parley.api().get(cited.text("url")).text()).isEqualTo(OLD);
      String preview = owner.api().get(document + "/preview").json(200).text("url");
      assertThat(preview).startsWith(s3.uri().toString());
      assertThat(parley.api().get(preview).text()).isEqualTo(NEW);
      assertThat(owner.ask(conversation, QUESTION).at("assistant_message").text("content"))
          .contains("Tom Berg");
      Json again = done(there(), "import", "everything.zip");
      assertThat(again.number("documents_there")).isEqualTo(1);
      assertThat(again.number("documents")).isZero();
    }
  }
}
