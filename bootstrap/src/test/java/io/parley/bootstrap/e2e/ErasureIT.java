package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is erased is found nowhere: not by asking, not in old conversations, not in any file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErasureIT {
  private Path data;
  private RunningParley parley;
  private Api api;

  @BeforeAll
  void start(@TempDir Path directory) {
    data = directory.resolve("data");
    parley =
        RunningParley.start(
            Installed.in(directory.resolve("home")), data, Map.of("PARLEY_ERASE_AGAIN_AFTER", "2"));
    api = parley.api();
  }

  @AfterAll
  void stop() {
    parley.close();
    Postmaster.requireNoneBelow(data);
  }

  private static String canary() {
    return "zel" + UUID.randomUUID().toString().replaceAll("[^a-z]", "") + "vath";
  }

  /** A document with a word that stands nowhere else, and a stranger who was answered from it. */
  private record Told(
      Person owner,
      Person stranger,
      String bot,
      String document,
      String conversation,
      String preview,
      String canary) {}

  private Told told(String canary) {
    Person owner = Person.signUp(api, "owner");
    Person stranger = Person.signUp(api, "stranger");
    String bot = owner.bot(",\"is_public\":true,\"description\":\"" + canary + "\"");
    String text = "The lantern keeper of " + canary + " is Ada Brandt, and she has a boat.";
    String document = owner.upload(bot, Api.Upload.text(canary + ".txt", text));
    owner.followed(document);
    String conversation = stranger.conversation(bot);
    Json answer = stranger.ask(conversation, "Who is the lantern keeper?").at("assistant_message");
    assertThat(answer.text("content")).contains(canary);
    String preview = owner.api().get(document + "/preview").json(200).text("url");
    assertThat(api.get(preview).text()).contains(canary);
    return new Told(owner, stranger, bot, document, conversation, preview, canary);
  }

  /** Files below the data directory that hold the word, in whatever case. */
  private List<String> filesWith(String word) {
    try (Stream<Path> all = Files.walk(data)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> holds(file, word))
          .map(file -> data.relativize(file).toString())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean holds(Path file, String word) {
    try {
      String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      return bytes.toLowerCase(Locale.ROOT).contains(word);
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void isInTheFilesOfEveryStore(String canary) {
    assertThat(filesWith(canary))
        .anyMatch(file -> file.startsWith("blobs"))
        .anyMatch(file -> file.startsWith("postgres"))
        .anyMatch(file -> !file.startsWith("postgres") && !file.startsWith("blobs"));
  }

  private void oldAnswersAreBlank(Told told) {
    Json messages = told.stranger().api().get(told.conversation() + "/messages").json(200);
    assertThat(messages.items("messages")).hasSize(2);
    assertThat(messages.items("messages").getLast().text("content")).doesNotContain(told.canary());
    assertThat(messages.items("messages").getLast().items("citations")).isEmpty();
    assertThat(told.stranger().api().get(told.conversation()).text()).doesNotContain(told.canary());
  }

  private Json verified(Api reader, String erasure) {
    Json receipt =
        Await.value(
            "the second visit of " + erasure,
            () -> {
              Json read = reader.get(erasure).json(200);
              return read.text("status").equals("verified") ? read : null;
            });
    assertThat(receipt.items("removals"))
        .isNotEmpty()
        .allMatch(removal -> removal.text("evidence").equals("read_back"));
    return receipt;
  }

  private static Json removal(Json receipt, String store) {
    return receipt.items("removals").stream()
        .filter(r -> r.number("visit") == 1 && r.text("store").equals(store))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anErasedDocumentIsInNoAnswerAndInNoFile() {
    Told told = told(canary());
    isInTheFilesOfEveryStore(told.canary());

    Answer erased = told.owner().api().delete(told.document());

    assertThat(erased.status()).isEqualTo(204);
    oldAnswersAreBlank(told);
    assertThat(told.stranger().search(told.bot(), told.canary() + " lantern keeper", "")).isEmpty();
    assertThat(
            told.stranger()
                .ask(told.stranger().conversation(told.bot()), "Who is the lantern keeper?")
                .at("assistant_message")
                .items("citations"))
        .isEmpty();
    assertThat(api.get(told.preview()).status()).isEqualTo(404);
    String erasure = "/api/v1/erasures/" + erased.header("Erasure-Id");
    told.stranger().api().get(erasure).problem(404);
    api.get(erasure).problem(401);
    Json receipt = verified(told.owner().api(), erasure);
    assertThat(receipt.text("kind")).isEqualTo("document");
    for (String store : List.of("vectors", "words", "blobs", "answers")) {
      assertThat(removal(receipt, store).number("count")).as(store).isPositive();
    }
    assertThat(removal(receipt, "vectors").text("generation")).isNotBlank();
    // The bot's own description still says the word.
    told.owner().api().put(told.bot(), "{\"description\":\"\"}").json(200);
    Answer bot = told.owner().api().delete(told.bot());
    verified(told.owner().api(), "/api/v1/erasures/" + bot.header("Erasure-Id"));
    assertThat(filesWith(told.canary())).isEmpty();
  }

  @Test
  void anErasedBotIsInNoAnswerAndInNoFile() {
    Told told = told(canary());
    isInTheFilesOfEveryStore(told.canary());

    Answer erased = told.owner().api().delete(told.bot());

    assertThat(erased.status()).isEqualTo(204);
    assertThat(told.owner().api().get(told.bot()).status()).isEqualTo(404);
    oldAnswersAreBlank(told);
    assertThat(api.get(told.preview()).status()).isEqualTo(404);
    String erasure = "/api/v1/erasures/" + erased.header("Erasure-Id");
    assertThat(verified(told.owner().api(), erasure).text("kind")).isEqualTo("bot");
    oldAnswersAreBlank(told);
    assertThat(filesWith(told.canary())).isEmpty();
  }

  @Test
  void anErasedAccountIsInNoAnswerAndInNoFile() {
    Told told = told(canary());
    String name = told.owner().username();
    String refresh = Person.logIn(api, name).text("refresh_token");
    isInTheFilesOfEveryStore(told.canary());
    assertThat(filesWith(name)).isNotEmpty();

    Answer erased = told.owner().api().delete("/api/v1/auth/me");

    Json begun = erased.json(202);
    String erasure = begun.text("receipt_url");
    assertThat(erasure).endsWith(begun.text("erasure_id"));
    oldAnswersAreBlank(told);
    api.post("/api/v1/auth/refresh", "{\"refresh_token\":\"" + refresh + "\"}").problem(401);
    api.post(
            "/api/v1/auth/login",
            "{\"username_or_email\":\"%s\",\"password\":\"%s\"}".formatted(name, Person.PASSWORD))
        .problem(401);
    Await.until(
        "the end of the access token",
        () -> told.owner().api().get("/api/v1/auth/me").status() == 401);
    assertThat(api.get(told.preview()).status()).isEqualTo(404);
    told.stranger().api().get(told.bot()).problem(404);
    told.stranger().api().get(erasure).problem(404);
    withKey(erasure, "guessed").problem(404);
    Json receipt =
        Await.value(
            "the end of the account",
            () -> {
              Json read = withKey(erasure, begun.text("receipt_key")).json(200);
              return read.text("status").equals("verified") ? read : null;
            });
    assertThat(receipt.text("kind")).isEqualTo("account");
    assertThat(receipt.items("removals")).allMatch(r -> r.text("evidence").equals("read_back"));
    oldAnswersAreBlank(told);
    assertThat(filesWith(told.canary())).isEmpty();
    assertThat(filesWith(name)).isEmpty();
    api.post("/api/v1/auth/register", Person.registration(name, "")).json(201);
  }

  private Answer withKey(String erasure, String key) {
    return api.send(api.request(erasure).header("Receipt-Key", key).GET());
  }

  @Test
  void theOnlyMemberOfStaffStays() {
    String name = "staff-" + UUID.randomUUID().toString().substring(0, 8);
    String code = ",\"setup_code\":\"" + parley.setupCode() + "\"";
    api.post("/api/v1/auth/register", Person.registration(name, code)).json(201);
    Api staff = api.as(Person.logIn(api, name).text("access_token"));

    staff.delete("/api/v1/auth/me").problem(409);

    staff.get("/api/v1/auth/me").json(200);
  }
}
