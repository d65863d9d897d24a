package io.parley.adapter.web;

import static io.parley.adapter.web.UploadTest.END;
import static io.parley.adapter.web.UploadTest.part;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.Document;
import io.parley.domain.document.Progress;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.Step;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.ListRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of one request come in together or not at all, and only so many at a time. */
final class UploadTogetherTest {
  private final FakeParley parley = new FakeParley();
  private final WebServer server =
      parley.open(FakeParley.config().withLimits(WebLimits.DEFAULT.withConcurrentUploads(1)));
  private final Http http = new Http(server);
  private final String token = http.signUp("uploader");
  private final String bot = http.bot(token);
  private final String documents = "/api/v1/bots/" + bot + "/documents";

  @AfterEach
  void close() {
    http.close();
    server.close();
  }

  private HttpResponse<String> send(String method, String path, String body) {
    return http.send(
        Http.authorized(http.request(path), token)
            .header("Content-Type", "multipart/form-data; boundary=frontier")
            .method(method, BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> upload(String body) {
    return send("POST", documents, body);
  }

  private List<Document> added() {
    BotScope scope = parley.bot(bot, "uploader").scope();
    return parley.database.documents().list(scope, new ListRequest(0, 100)).items();
  }

  private void assertNothingIsKept() {
    assertThat(added()).isEmpty();
    assertThat(parley.blobs.kept).isEmpty();
  }

  @Test
  void aFileThatIsRefusedIsNamedAndTakesTheOthersAlong() {
    HttpResponse<String> response =
        upload(
            part("files", "good.txt", "good")
                + part("files", "bad.exe", "\u0000\u0001")
                + part("files", "unread.txt", "unread")
                + END);
    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(response.body()).contains("bad.exe", "Nothing was added.");
    assertNothingIsKept();
  }

  @ParameterizedTest
  @CsvSource({"empty,422", "broken,400", "metadata,400", "name,422"})
  void whateverEndsARequestLeavesNothingOfIt(String how, int status) {
    String good = part("files", "good.txt", "good");
    String rest =
        switch (how) {
          case "empty" -> part("files", "empty.txt", "") + END;
          case "broken" -> "--frontier\r\nX: y\r\n\r\nz";
          case "metadata" -> part("metadata", null, "[]") + END;
          default -> part("files", "n".repeat(300), "text") + END;
        };
    assertThat(upload(good + rest).statusCode()).isEqualTo(status);
    assertNothingIsKept();
  }

  @Test
  void metadataIsForAllFilesWhereverItStands() {
    HttpResponse<String> response =
        upload(
            part("files", "a.txt", "one")
                + part("metadata", null, "{\"year\":2020}")
                + part("files", "b.txt", "two")
                + END);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    assertThat(added())
        .hasSize(2)
        .allMatch(d -> d.metadata().values().toString().equals("{year=2020}"));
    assertThat(parley.blobs.kept).hasSize(2);
  }

  @Test
  void theSameBytesTwiceInARequestAreOneDocument() {
    HttpResponse<String> response =
        upload(part("files", "a.txt", "same") + part("files", "b.txt", "same") + END);
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(added()).hasSize(1);
    assertThat(parley.blobs.kept).hasSize(1);
  }

  @Test
  void twoFilesAreNoVersion() {
    String id = Http.field(upload(part("file", "a.txt", "one") + END).body(), "id");
    String content = documents + "/" + id + "/content";

    HttpResponse<String> two =
        send("PUT", content, part("file", "b.txt", "b") + part("file", "c.txt", "c") + END);
    assertThat(two.statusCode()).isEqualTo(422);
    assertThat(two.body()).contains("Send one file", "Nothing was added.");
    assertThat(parley.blobs.kept).hasSize(1);
    assertThat(added()).allMatch(d -> d.version() == 1);

    HttpResponse<String> one =
        send(
            "PUT", content, part("file", "b.txt", "b") + part("metadata", null, "{\"n\":1}") + END);
    assertThat(one.statusCode()).isEqualTo(202);
    // The number that the refused request had reserved is not given out again.
    assertThat(one.body()).contains("\"version\":3", "\"metadata\":{\"n\":1}");
  }

  @ParameterizedTest
  @CsvSource({"1000,429,too_many_waiting", "999,202,"})
  void anOwnerMayHaveSoManyDocumentsWaiting(long waiting, int status, String code) {
    parley.waiting = waiting;
    HttpResponse<String> response = upload(part("file", "a.txt", "one") + END);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    if (status == 429) {
      assertThat(Http.field(response.body(), "code")).isEqualTo(code);
      assertThat(response.headers().firstValue("Retry-After")).hasValue("60");
      assertThat(parley.blobs.puts).hasValue(0);
      HttpResponse<String> text =
          http.post(documents + "/text", token, "{\"name\":\"a\",\"content\":\"b\"}");
      assertThat(text.statusCode()).isEqualTo(429);
    }
  }

  @Test
  void aServerReceivesSoManyUploadsAtATime() {
    parley.blobs.hold = new CountDownLatch(1);
    CompletableFuture<HttpResponse<String>> first =
        CompletableFuture.supplyAsync(() -> upload(part("file", "a.txt", "one") + END));
    while (parley.blobs.puts.get() == 0) {
      Thread.onSpinWait();
    }

    HttpResponse<String> second = upload(part("file", "b.txt", "two") + END);

    assertThat(second.statusCode()).isEqualTo(503);
    assertThat(second.headers().firstValue("Retry-After")).isPresent();
    parley.blobs.hold.countDown();
    assertThat(first.join().statusCode()).isEqualTo(202);
    assertThat(upload(part("file", "b.txt", "two") + END).statusCode()).isEqualTo(202);
  }

  @Test
  void anUploadThatRacesTheErasureOfItsBotIs404() {
    parley.botGone = true;
    assertThat(upload(part("file", "a.txt", "one") + END).statusCode()).isEqualTo(404);
    assertNothingIsKept();
  }

  @Test
  void timeToGoIsToldOnlyWhileItIsKnown() {
    String id = Http.field(upload(part("file", "a.txt", "one") + END).body(), "id");
    assertThat(http.get(documents + "/" + id, token).body()).doesNotContain("remaining");

    VersionRef version = new VersionRef(new SourceId(UUID.fromString(id)), 1);
    BotScope scope = parley.bot(bot, "uploader").scope();
    parley.database.ingestion().progress(scope, version, new Progress(Step.SPLIT, 3, 9, 40));

    assertThat(http.get(documents + "/" + id, token).body())
        .contains("\"stage\":\"split\",\"done\":3,\"total\":9,\"remaining_seconds\":40");
  }
}
