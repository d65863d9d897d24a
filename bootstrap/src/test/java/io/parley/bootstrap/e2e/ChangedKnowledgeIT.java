package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Links, new versions and erasure. */
@ExtendWith(SharedParley.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangedKnowledgeIT {
  private static final String OLD =
      "The lighthouse of Skerry Point was built in 1871. Its keeper is Ada Brandt.";
  private static final String QUESTION = "Who is the keeper of the lighthouse of Skerry Point?";
  private static final List<String> MODES = List.of("hybrid", "vector", "keyword");

  private Person owner;
  private String bot;

  @BeforeEach
  void begin(RunningParley parley) {
    owner = Person.signUp(parley.api(), "changer");
    bot = owner.bot("");
  }

  private String complete(Api.Upload file) {
    String document = owner.upload(bot, file);
    assertThat(owner.followed(document).text("status")).isEqualTo("complete");
    return document;
  }

  @Test
  void aPreviewOpensTheFileWithoutACredentialAndNotOnceItIsForged() {
    String document = owner.upload(bot, Samples.file("halloran-telescope-service-manual.pdf"));
    Json preview = owner.api().get(document + "/preview").json(200);
    Fields.PREVIEW.require(preview);
    String url = preview.text("url");

    Answer opened = owner.api().as(null).get(url);
    assertThat(opened.status()).isEqualTo(200);
    assertThat(opened.header("Content-Type")).startsWith("application/pdf");
    assertThat(opened.bytes()).isEqualTo(Samples.read("halloran-telescope-service-manual.pdf"));

    int token = url.lastIndexOf('/') + 1;
    for (int at : List.of(token, token + 10, (token + url.length()) / 2, url.length() - 2)) {
      char other = url.charAt(at) == 'A' ? 'B' : 'A';
      String forged = url.substring(0, at) + other + url.substring(at + 1);
      owner.api().as(null).get(forged).problem(404);
    }
  }

  @Test
  void aNewVersionTakesTheOldOnesPlace() {
    String document = complete(Api.Upload.text("light.txt", OLD));
    String content = "The lighthouse of Skerry Point burned down. Its last keeper was Tomas Vell.";
    Json replaced =
        owner
            .api()
            .put(document + "/content", "{\"content\":" + Json.quoted(content) + "}")
            .json(202);
    Fields.DOCUMENT.require(replaced);
    assertThat(replaced.number("version")).isEqualTo(2);
    assertThat(owner.followed(document).text("status")).isEqualTo("complete");

    List<Json> chunks = owner.api().get(document + "/chunks").json(200).items("chunks");
    assertThat(chunks).extracting(c -> c.text("content")).containsExactly(content);
    for (String mode : MODES) {
      assertThat(owner.search(bot, "keeper", ",\"mode\":\"" + mode + "\""))
          .as(mode)
          .extracting(r -> r.text("content"))
          .containsExactly(content);
    }
  }

  @Test
  void theSameBytesAreTheSameDocument() {
    String first = complete(Api.Upload.text("light.txt", OLD));
    assertThat(owner.upload(bot, Api.Upload.text("another name.txt", OLD))).isEqualTo(first);
  }

  @Test
  void anErasedDocumentIsFoundNowhere() {
    String document = complete(Api.Upload.text("light.txt", OLD));
    String link = owner.api().get(document + "/preview").json(200).text("url");
    String conversation = owner.conversation(bot);
    assertThat(owner.ask(conversation, QUESTION).at("assistant_message").text("content"))
        .contains("Ada Brandt");

    Answer erased = owner.api().delete(document);
    assertThat(erased.status()).isEqualTo(204);
    assertThat(erased.header("Erasure-Id")).matches("[0-9a-f-]{36}");

    for (String mode : MODES) {
      assertThat(owner.search(bot, "lighthouse keeper", ",\"mode\":\"" + mode + "\"")).isEmpty();
    }
    for (String gone : List.of("", "/chunks", "/preview", "/events")) {
      owner.api().get(document + gone).problem(404);
    }
    owner.api().delete(document).problem(404);
    assertThat(owner.api().get(bot + "/documents").json(200).number("total")).isZero();
    Json again = owner.ask(owner.conversation(bot), QUESTION).at("assistant_message");
    assertThat(again.items("citations")).isEmpty();
    assertThat(again.text("content")).doesNotContain("Brandt");
    Answer history = owner.api().get(conversation + "/messages");
    assertThat(history.text()).doesNotContain("Brandt", "1871");
    assertThat(history.json(200).items("messages").getLast().items("citations")).isEmpty();
    Await.until(
        "the end of the link to the erased file",
        () -> owner.api().as(null).get(link).status() == 404);
  }
}
