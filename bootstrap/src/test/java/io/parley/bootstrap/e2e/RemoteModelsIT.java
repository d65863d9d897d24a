package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.server.Fault;
import io.parley.testkit.server.ModelServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenAI's protocol from the settings to the answer, with its usual size of embeddings. */
class RemoteModelsIT {
  private static final String KEY = "sk-end-to-end-4711";
  private static final String TEXT =
      """
      The keeper of the lighthouse is Ada Brandt. It was built on Skerry Point in 1871.

      The harbour master of Skerry Point is Ines Falk. She keeps the tide tables.
      """;
  private static final String QUESTION = "Who is the keeper of the lighthouse?";

  @TempDir private Path directory;
  private final ModelServer models = ModelServer.start().requiring(KEY);

  @AfterEach
  void closeTheModels() {
    models.close();
  }

  private Map<String, String> settings() {
    return Map.of(
        "OPENAI_API_KEY",
        KEY,
        "OPENAI_BASE_URL",
        models.openAiUrl().toString(),
        "PARLEY_MODEL_TIMEOUT",
        "2");
  }

  @Test
  void answersComeFromTheModelsThatTheSettingsName() {
    Installed installed = Installed.in(directory.resolve("home"));
    Path data = directory.resolve("data");
    try (RunningParley parley = RunningParley.start(installed, data, settings())) {
      assertThat(parley.log()).contains("Model        openai");
      Person owner = Person.signUp(parley.api(), "reader");
      String bot = owner.bot("");
      aStormOfRefusalsDelaysADocumentAndNoMore(owner, bot);
      anAnswerHasCitationsThatStandInTheDocument(owner, bot);
      anAnswerStreams(owner, bot);
      aModelThatFallsSilentEndsInAnError(owner, bot);
      aBotMayChooseAnotherModel(owner);
      assertThat(parley.log()).doesNotContain(KEY, "sk-leak", "Ada Brandt", "keeper");
    }
    anIndexIsNotOpenedWithoutTheKeyOfItsModel(installed, data);
  }

  private void aStormOfRefusalsDelaysADocumentAndNoMore(Person owner, String bot) {
    models.onEmbeddings(Collections.nCopies(5, new Fault.Throttles("0")).toArray(Fault[]::new));
    String document = owner.upload(bot, Api.Upload.text("lights.txt", TEXT));
    assertThat(owner.followed(document).text("status")).isEqualTo("complete");
    List<ModelServer.Received> calls =
        models.received().stream().filter(r -> r.path().endsWith("/embeddings")).toList();
    assertThat(calls).hasSizeGreaterThan(5);
    assertThat(calls.getLast().body()).contains("\"dimensions\":3072", "Ada Brandt");
    assertThat(owner.search(bot, "tide tables", ",\"mode\":\"vector\"").getFirst().text("content"))
        .contains("tide tables");
  }

  private static void anAnswerHasCitationsThatStandInTheDocument(Person owner, String bot) {
    String conversation = owner.conversation(bot);
    requireCited(owner.ask(conversation, QUESTION).at("assistant_message"));
    requireCited(owner.ask(conversation, QUESTION).at("assistant_message"));
  }

  private static void requireCited(Json answer) {
    assertThat(answer.text("content")).contains("Ada Brandt", "[1]");
    Json citation = answer.items("citations").getFirst();
    assertThat(TEXT).contains(citation.text("quote"));
    assertThat(citation.text("quote")).contains("Ada Brandt");
    assertThat(answer.at("usage").number("completion_tokens")).isPositive();
  }

  private static List<Api.Event> stream(Person owner, String bot) {
    HttpRequest.Builder request =
        owner
            .api()
            .request(owner.conversation(bot) + "/messages")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"content\":" + Json.quoted(QUESTION) + "}"));
    return owner.api().events(request);
  }

  private static void anAnswerStreams(Person owner, String bot) {
    List<Api.Event> events = stream(owner, bot);
    List<Api.Event> deltas = events.subList(0, events.size() - 1);
    assertThat(deltas).hasSizeGreaterThan(3).extracting(Api.Event::name).containsOnly("delta");
    assertThat(events.getLast().name()).isEqualTo("done");
    requireCited(events.getLast().data());
    assertThat(deltas.stream().map(d -> d.data().text("content")).collect(Collectors.joining()))
        .isEqualTo(events.getLast().data().text("content"));
  }

  private void aModelThatFallsSilentEndsInAnError(Person owner, String bot) {
    models.onChat(new Fault.StallsAfter(3));
    List<Api.Event> events = stream(owner, bot);
    assertThat(events.getFirst().name()).isEqualTo("delta");
    assertThat(events.getLast().name()).isEqualTo("error");
    assertThat(events.getLast().data().text("detail")).contains("did not answer in time");
  }

  private static void aBotMayChooseAnotherModel(Person owner) {
    String bot = owner.bot(",\"model_type\":\"extractive\"");
    assertThat(owner.api().get(bot).json(200).text("model_type")).isEqualTo("extractive");
    String sentence =
        owner.api().post("/api/v1/bots", "{\"name\":\"x\",\"model_type\":\"gemini\"}").problem(422);
    assertThat(sentence).contains("openai, extractive");
  }

  private static void anIndexIsNotOpenedWithoutTheKeyOfItsModel(Installed installed, Path data) {
    Map<String, String> without = new HashMap<>();
    without.put("PARLEY_DATA_DIR", data.toString());
    without.put("API_PORT", "0");
    assertThat(Finished.run(installed, without).complaint())
        .contains("text-embedding-3-large", "OPENAI_API_KEY");
  }
}
