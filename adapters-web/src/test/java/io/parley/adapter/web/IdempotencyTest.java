package io.parley.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.port.PortFailure;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same request under one key is carried out once. */
final class IdempotencyTest {
  private static final FakeParley PARLEY = new FakeParley();
  private static final WebServer SERVER = PARLEY.open();
  private static final Http HTTP = new Http(SERVER);
  private static final String TOKEN = HTTP.signUp("twice");

  @AfterAll
  static void close() {
    HTTP.close();
    SERVER.close();
  }

  private static HttpResponse<String> create(String key, String token, String body) {
    return HTTP.send(
        HTTP.jsonRequest("POST", "/api/v1/bots", token, body).header("Idempotency-Key", key));
  }

  @Test
  void theSameRequestGetsTheSameAnswer() {
    HttpResponse<String> first = create("same", TOKEN, "{\"name\":\"Once\"}");
    HttpResponse<String> again = create("same", TOKEN, "{\"name\":\"Once\"}");
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
  }

  @Test
  void anotherRequestUnderTheKeyIs422AndAnotherCallerIsFree() {
    create("other", TOKEN, "{\"name\":\"One\"}");
    assertThat(create("other", TOKEN, "{\"name\":\"Two\"}").statusCode()).isEqualTo(422);
    assertThat(create("other", HTTP.signUp("stranger"), "{\"name\":\"Two\"}").statusCode())
        .isEqualTo(201);
  }

  @Test
  void aRefusalIsKeptAndAKeyThatIsNoneIs422() {
    assertThat(create("bad", TOKEN, "{}").statusCode()).isEqualTo(422);
    assertThat(create("bad", TOKEN, "{}").headers().firstValue("Idempotent-Replayed"))
        .hasValue("true");
    assertThat(create("k".repeat(256), TOKEN, "{\"name\":\"x\"}").statusCode()).isEqualTo(422);
  }

  @Test
  void whileTheFirstRunsTheSecondIs409AndAFailureIsNotKept() throws Exception {
    String path =
        "/api/v1/conversations/" + HTTP.conversation(TOKEN, HTTP.bot(TOKEN)) + "/messages";
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    PARLEY.model.script =
        (_, _) -> {
          asked.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          throw new PortFailure(
              PortFailure.Kind.UNAVAILABLE, "Model", "The model is away. Wait.", null);
        };
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpResponse<String>> first = callers.submit(() -> HTTP.send(ask(path)));
      asked.await();
      assertThat(HTTP.send(ask(path)).statusCode()).isEqualTo(409);
      go.countDown();
      assertThat(first.get().statusCode()).isEqualTo(503);
    }
    PARLEY.model.script = (say, _) -> say.accept("Whales sing.");
    HttpResponse<String> second = HTTP.send(ask(path));
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(HTTP.send(ask(path)).body()).isEqualTo(second.body());
  }

  private static HttpRequest.Builder ask(String path) {
    return HTTP.jsonRequest("POST", path, TOKEN, "{\"content\":\"Who?\"}")
        .header("Idempotency-Key", "ask");
  }

  @Test
  void aStreamedAnswerIsReplayedAsItsEnd() {
    String path =
        "/api/v1/conversations/" + HTTP.conversation(TOKEN, HTTP.bot(TOKEN)) + "/messages";
    PARLEY.model.script = (say, _) -> say.accept("Whales sing.");
    String first =
        HTTP.send(ask(path).setHeader("Idempotency-Key", "s").header("Accept", "text/event-stream"))
            .body();
    HttpResponse<String> replayed =
        HTTP.send(
            ask(path).setHeader("Idempotency-Key", "s").header("Accept", "text/event-stream"));
    String again = replayed.body();
    assertThat(replayed.headers().firstValue("Idempotent-Replayed")).hasValue("true");
    assertThat(first).contains("event: delta", "event: done");
    assertThat(again)
        .startsWith("event: done")
        .isEqualTo(first.substring(first.indexOf("event: done")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/event-stream"})
  void whatWasErasedDoesNotComeBackUnderItsKey(String accept) {
    String path =
        "/api/v1/conversations/" + HTTP.conversation(TOKEN, HTTP.bot(TOKEN)) + "/messages";
    PARLEY.model.script = (say, _) -> say.accept("Whales sing at night. [1]");
    HttpRequest.Builder question =
        ask(path).setHeader("Idempotency-Key", accept).header("Accept", accept);
    assertThat(HTTP.send(question).body()).contains("\"quote\":\"Whales sing at night.\"");

    PARLEY.eraseAllCited();

    HttpResponse<String> again = HTTP.send(question);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body())
        .doesNotContain("Whales")
        .contains("\"citations\":[]", "This answer was removed because a document");
    assertThat(PARLEY.kept).noneMatch(body -> body.contains("Whales"));
  }

  @Test
  void anAnswerWhoseConversationIsGoneIsGoneUnderItsKeyToo() {
    String conversation = "/api/v1/conversations/" + HTTP.conversation(TOKEN, HTTP.bot(TOKEN));
    PARLEY.model.script = (say, _) -> say.accept("Whales sing.");
    HttpRequest.Builder question =
        ask(conversation + "/messages").setHeader("Idempotency-Key", "gone");
    HTTP.send(question);
    HTTP.send(Http.authorized(HTTP.request(conversation), TOKEN).DELETE());

    assertThat(HTTP.send(question).statusCode()).isEqualTo(404);
  }

  @Test
  void anUploadIsComparedByWhatItBroughtNotByItsBoundary() {
    String path = "/api/v1/bots/" + HTTP.bot(TOKEN) + "/documents";
    HttpResponse<String> first = upload(path, "one", "content");
    HttpResponse<String> again = upload(path, "another", "content");
    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
    assertThat(again.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(upload(path, "one", "other content").statusCode()).isEqualTo(422);
    assertThat(PARLEY.blobs.puts.get()).isEqualTo(1);
  }

  private static HttpResponse<String> upload(String path, String boundary, String content) {
    String body =
        (UploadTest.part("file", "u.txt", content) + UploadTest.END).replace("frontier", boundary);
    return HTTP.send(
        Http.authorized(HTTP.request(path), TOKEN)
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .header("Idempotency-Key", "upload")
            .POST(BodyPublishers.ofString(body)));
  }
}
