package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From an empty installation to an answer whose citations can be checked. */
@ExtendWith(SharedParley.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FirstAnswerIT {
  private static final String PERMIT = "When does the county operating permit expire?";
  private static final String EXPIRY = "31 March 2031";

  private Person owner;
  private String bot;
  private String handbook;
  private String yearbook;
  private List<Api.Event> events;

  @BeforeAll
  void takeIn(RunningParley parley) {
    owner = Person.signUp(parley.api(), "owner");
    bot = owner.bot("");
    Json uploaded =
        owner
            .api()
            .upload(
                bot + "/documents",
                "{\"year\":2024,\"kind\":\"sample\"}",
                Samples.file(Samples.HANDBOOK),
                Samples.file(Samples.YEARBOOK),
                Samples.file("castell-aranda-chess.md"),
                Samples.file("ilse-marrable-biography.html"),
                Samples.file("vellmoor-water-report.docx"))
            .json(202);
    assertThat(uploaded.names()).containsExactly("documents");
    List<String> paths =
        uploaded.items("documents").stream()
            .peek(Fields.DOCUMENT::require)
            .map(d -> bot + "/documents/" + d.text("id"))
            .toList();
    handbook = paths.get(0);
    yearbook = paths.get(1);
    events = owner.api().events(owner.api().request(handbook + "/events").GET());
    paths.forEach(owner::followed);
  }

  @Test
  void aBotHasItsFields() {
    Json shown = owner.api().get(bot).json(200);
    Fields.BOT.require(shown);
    assertThat(shown.text("welcome_message")).isEqualTo("Hi! How can I help you today?");
    assertThat(shown.text("status")).isEqualTo("active");
    Json bots = owner.api().get("/api/v1/bots").json(200);
    Fields.requirePage(bots, "bots");
    bots.items("bots").forEach(Fields.BOT::require);
  }

  @Test
  void aDocumentIsFollowedByEventsUntilItIsComplete() {
    assertThat(events).extracting(Api.Event::name).last().isEqualTo("done");
    assertThat(events.subList(0, events.size() - 1))
        .extracting(Api.Event::name)
        .containsOnly("progress");
    events.forEach(e -> Fields.DOCUMENT.require(e.data()));
    events.forEach(e -> Fields.PROGRESS.require(e.data().at("progress")));
    Json done = events.getLast().data();
    assertThat(done.text("status")).isEqualTo("complete");
    assertThat(done.number("page_count")).isEqualTo(60);
    assertThat(done.number("size")).isEqualTo(Samples.read(Samples.HANDBOOK).length);
    assertThat(done.text("content_type")).isEqualTo("application/pdf");
  }

  @Test
  void theListShowsEveryDocumentComplete() {
    Json list = owner.api().get(bot + "/documents?limit=3").json(200);
    Fields.requirePage(list, "documents");
    assertThat(list.items("documents")).hasSize(3);
    assertThat(list.number("total")).isEqualTo(5);
    for (Json document : owner.api().get(bot + "/documents").json(200).items("documents")) {
      Fields.DOCUMENT.require(document);
      assertThat(document.text("status")).as(document.text("name")).isEqualTo("complete");
      assertThat(document.at("metadata").number("year")).isEqualTo(2024);
    }
  }

  @Test
  void everyChunkStandsVerbatimInItsSource() {
    String source =
        new String(Samples.read(Samples.YEARBOOK), StandardCharsets.UTF_8)
            .replaceAll("\n{2,} *", "\n\n");
    Json page = owner.api().get(yearbook + "/chunks").json(200);
    Fields.requirePage(page, "chunks");
    assertThat(page.items("chunks")).hasSize(page.number("total")).isNotEmpty();
    int ordinal = 0;
    for (Json chunk : page.items("chunks")) {
      Fields.CHUNK.require(chunk);
      assertThat(chunk.number("chunk_index")).isEqualTo(ordinal++);
      assertThat(chunk.text("content"))
          .isEqualTo(source.substring(chunk.number("start"), chunk.number("end")));
    }
  }

  @Test
  void everyChunkOfAPdfStandsOnItsPage() throws IOException {
    try (PDDocument pdf = Loader.loadPDF(Samples.read(Samples.HANDBOOK))) {
      PDFTextStripper stripper = new PDFTextStripper();
      for (Json chunk : owner.api().get(handbook + "/chunks").json(200).items("chunks")) {
        stripper.setStartPage(chunk.number("page"));
        stripper.setEndPage(chunk.number("page"));
        assertThat(letters(stripper.getText(pdf))).contains(letters(chunk.text("content")));
      }
    }
  }

  /** What hyphenation and layout leave alone. */
  private static String letters(String text) {
    return text.replaceAll("[^\\p{L}\\p{N}]", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hybrid", "vector", "keyword"})
  void everyModeFindsThePageThatAnswers(String mode) {
    List<Json> results =
        owner.search(
            bot, "county operating permit expires", ",\"limit\":5,\"mode\":\"" + mode + "\"");
    assertThat(results).hasSizeBetween(1, 5);
    results.forEach(Fields.RESULT::require);
    assertThat(results)
        .anySatisfy(r -> {
          assertThat(r.text("content")).contains(EXPIRY);
          assertThat(r.text("document_name")).isEqualTo(Samples.HANDBOOK);
          assertThat(r.text("source_type")).isEqualTo("document");
          assertThat(r.number("page")).isEqualTo(20);
        });
  }

  @Test
  void aFilterNarrowsWhatIsFound() {
    String id = yearbook.substring(yearbook.lastIndexOf('/') + 1);
    String only = ",\"filter\":{\"field\":\"document_id\",\"op\":\"eq\",\"value\":\"" + id + "\"}";
    assertThat(owner.search(bot, "permit", only))
        .isNotEmpty()
        .allSatisfy(r -> assertThat(r.text("document_id")).isEqualTo(id));
    String pdf =
        ",\"filter\":{\"all\":[{\"field\":\"content_type\",\"op\":\"eq\",\"value\":\"application/pdf\"},"
            + "{\"field\":\"metadata.year\",\"op\":\"gte\",\"value\":2024}]}";
    assertThat(owner.search(bot, "honey", pdf))
        .isNotEmpty()
        .allSatisfy(r -> assertThat(r.text("document_name")).isEqualTo(Samples.HANDBOOK));
    String none = ",\"filter\":{\"field\":\"metadata.year\",\"op\":\"gt\",\"value\":2024}";
    assertThat(owner.search(bot, "permit", none)).isEmpty();
    owner
        .api()
        .post(
            bot + "/search",
            "{\"query\":\"a\",\"filter\":{\"field\":\"owner\",\"op\":\"eq\",\"value\":\"a\"}}")
        .problem(422);
  }

  @Test
  void anAnswerCitesWhatStandsInTheChunkThatTheInterfaceShows() {
    String conversation = owner.conversation(bot);
    Fields.CONVERSATION.require(owner.api().get(conversation).json(200));
    Json exchange = owner.ask(conversation, PERMIT);
    assertThat(exchange.names()).containsExactlyInAnyOrder("user_message", "assistant_message");
    Fields.MESSAGE.require(exchange.at("user_message"));
    Json answer = exchange.at("assistant_message");
    assertThat(answer.text("content")).contains(EXPIRY, "[1]");
    requireTrue(answer);

    Json messages = owner.api().get(conversation + "/messages").json(200);
    Fields.requirePage(messages, "messages");
    assertThat(messages.items("messages"))
        .extracting(m -> m.text("role"))
        .containsExactly("user", "assistant");
    requireTrue(messages.items("messages").getLast());
  }

  /** Each quote stands at its place in the chunk, and its link opens the file. */
  private void requireTrue(Json answer) {
    Fields.MESSAGE.require(answer);
    assertThat(answer.items("citations")).isNotEmpty();
    for (Json citation : answer.items("citations")) {
      Fields.CITATION.require(citation);
      String content = chunk(citation).text("content");
      assertThat(citation.text("quote"))
          .isEqualTo(content.substring(citation.number("start"), citation.number("end")));
      assertThat(answer.text("content")).contains("[" + citation.number("index") + "]");
      assertThat(owner.api().as(null).get(citation.text("url")).status()).isEqualTo(200);
    }
  }

  private Json chunk(Json citation) {
    String chunks = bot + "/documents/" + citation.text("document_id") + "/chunks?skip=";
    for (int skip = 0; ; skip += 100) {
      List<Json> page = owner.api().get(chunks + skip).json(200).items("chunks");
      assertThat(page).as("chunks from " + skip).isNotEmpty();
      for (Json chunk : page) {
        if (chunk.text("id").equals(citation.text("chunk_id"))) {
          assertThat(chunk.number("page")).isEqualTo(citation.number("page"));
          return chunk;
        }
      }
    }
  }

  @Test
  void anAnswerStreamsAndEndsWithTheWholeMessage() {
    String question = "{\"content\":" + Json.quoted(PERMIT) + "}";
    List<Api.Event> stream =
        owner
            .api()
            .events(
                owner
                    .api()
                    .request(owner.conversation(bot) + "/messages")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(question)));
    List<Api.Event> deltas = stream.subList(0, stream.size() - 1);
    assertThat(deltas).isNotEmpty().extracting(Api.Event::name).containsOnly("delta");
    assertThat(stream.getLast().name()).isEqualTo("done");
    Json done = stream.getLast().data();
    requireTrue(done);
    assertThat(deltas.stream().map(d -> d.data().text("content")).collect(Collectors.joining()))
        .isEqualTo(done.text("content"));
  }

  @Test
  void whatNoDocumentSaysIsNotAnswered() {
    Json answer =
        owner
            .ask(owner.conversation(bot), "Which wine goes with roast venison?")
            .at("assistant_message");
    assertThat(answer.items("citations")).isEmpty();
    assertThat(answer.text("content")).isNotBlank();
  }
}
