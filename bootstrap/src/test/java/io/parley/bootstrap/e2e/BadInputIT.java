package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.bootstrap.documentation.GeneratedText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The server survives whatever it is sent, and says what was wrong. */
@ExtendWith(SharedParley.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {
  private static final List<String> UNFINISHED = List.of("pending", "processing");

  private RunningParley parley;
  private Person sender;
  private String bot;
  private final Map<BadInput, Answer> answers = new LinkedHashMap<>();
  private final Map<BadInput, Json> documents = new LinkedHashMap<>();

  @BeforeAll
  void sendEverything(RunningParley running) {
    parley = running;
    sender = Person.signUp(running.api(), "sender");
    bot = sender.bot("");
    BadBytes bytes = new BadBytes(sender.api());
    bytes.hangUp();
    List<BadInput> inputs = new ArrayList<>(new BadUploads(sender.api(), bot).all());
    inputs.addAll(new BadRequests(sender, bot).all());
    Map<BadInput, CompletableFuture<Answer>> slow = new LinkedHashMap<>();
    bytes
        .all()
        .forEach(input ->
            slow.put(
                input, CompletableFuture.supplyAsync(input.sending(), Thread::startVirtualThread)));
    inputs.forEach(input -> answers.put(input, input.sending().get()));
    slow.forEach((input, answer) -> answers.put(input, answer.join()));
    answers.forEach((input, answer) -> {
      if (answer.status() == 202) {
        String id = Json.of(answer.bytes()).items("documents").getFirst().text("id");
        documents.put(input, sender.followed(bot + "/documents/" + id));
      }
    });
  }

  @Test
  void everyOneEndsAsTheContractSays() {
    SoftAssertions all = new SoftAssertions();
    answers.forEach((input, answer) -> {
      all.assertThat(answer.status())
          .as("%s: %s", input.what(), answer.text())
          .isEqualTo(input.status());
      Json document = documents.get(input);
      if (document != null) {
        all.assertThat(document.text("status")).as(input.what()).isEqualTo(input.end());
      }
    });
    all.assertAll();
  }

  @Test
  void everyOneIsAnsweredWithASentence() {
    SoftAssertions all = new SoftAssertions();
    answers.keySet().forEach(input -> all.check(() -> sentence(input)));
    all.assertAll();
  }

  private String sentence(BadInput input) {
    Answer answer = answers.get(input);
    if (answer.status() != 202) {
      return answer.problem(answer.status());
    }
    Json document = documents.get(input);
    if (!document.text("status").equals("error")) {
      return "Taken in as `" + document.text("name") + "`, " + document.text("content_type") + ".";
    }
    String sentence = document.text("error_message");
    assertThat(sentence).as(input.what()).matches("(?s)\\S.{10,}[.?!]").doesNotContain("Exception");
    return sentence;
  }

  @Test
  void theSameProcessStillAnswers() {
    assertThat(parley.isAlive()).isTrue();
    assertThat(parley.api().get("/health").text()).contains("healthy");
    assertThat(parley.api().get("/health/ready").status()).isEqualTo(200);
    assertThat(sender.search(bot, "ferry", "")).isNotEmpty();
  }

  @Test
  void nothingStaysUnfinished() {
    assertThat(sender.api().get(bot + "/documents").json(200).items("documents"))
        .hasSize(documents.size())
        .extracting(d -> d.text("status"))
        .doesNotContainAnyElementsOf(UNFINISHED);
  }

  @Test
  void nothingOfItIsADefectToTheServer() {
    assertThat(parley.log().lines().filter(l -> l.contains("ERROR") || l.startsWith("\tat ")))
        .isEmpty();
  }

  @Test
  void theOutcomesAreDocumented() throws IOException {
    StringBuilder page = new StringBuilder(HEAD);
    for (BadInput input : answers.keySet()) {
      int status = answers.get(input).status();
      Json document = documents.get(input);
      String end = document == null ? "" : ", then `" + document.text("status") + "`";
      page.append("| %s | %d%s | %s |\n".formatted(input.what(), status, end, sentence(input)));
    }
    GeneratedText.requireFile("docs/bad-input.md", page.toString());
  }

  @Test
  void anAnswerWithoutASentenceIsNoticed() {
    Answer bare = new Answer(400, answers.values().iterator().next().headers(), new byte[0]);
    assertThatThrownBy(() -> bare.problem(400))
        .isInstanceOfAny(AssertionError.class, RuntimeException.class);
  }

  private static final String HEAD =
      """
      # What bad input ends in

      Each line was sent to the packaged program over HTTP; `BadInputIT` does so in every build and compares this page. The
      same process answers afterwards, and no document stays unfinished.

      | what is sent | answer | what it says |
      |---|---|---|
      """;
}
