package io.parley.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.adapter.web.stream.Stopping;
import io.parley.domain.port.PortFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer comes token by token, ends in done or error, and stops when nobody listens. */
final class StreamTest {
  private static final FakeParley PARLEY = new FakeParley();
  private static final WebServer SERVER =
      PARLEY.open(
          FakeParley.config()
              .withLimits(
                  WebLimits.DEFAULT.withPauses(Duration.ofSeconds(30), Duration.ofMillis(300))));
  private static final Http HTTP = new Http(SERVER);
  private static final String TOKEN = HTTP.signUp("reader");
  private static final String MESSAGES =
      "/api/v1/conversations/" + HTTP.conversation(TOKEN, HTTP.bot(TOKEN)) + "/messages";

  @AfterAll
  static void close() {
    HTTP.close();
    SERVER.close();
  }

  private static HttpRequest.Builder ask(String accept) {
    return HTTP.jsonRequest("POST", MESSAGES, TOKEN, "{\"content\":\"Who sings?\"}")
        .header("Accept", accept);
  }

  private static BufferedReader stream() {
    HttpResponse<InputStream> response =
        HTTP.send(ask("text/event-stream"), BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  private static String next(BufferedReader lines, String start) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(start)) {
        return line;
      }
    }
    throw new AssertionError("The stream ended before " + start);
  }

  @Test
  void eachPieceArrivesBeforeTheNextIsSaid() throws IOException {
    SynchronousQueue<String> pieces = new SynchronousQueue<>();
    PARLEY.model.script =
        (say, _) -> {
          for (String piece = take(pieces); !piece.isEmpty(); piece = take(pieces)) {
            say.accept(piece);
          }
        };
    ExecutorService teller = Executors.newVirtualThreadPerTaskExecutor();
    teller.execute(() -> put(pieces, "Whales sing. "));
    BufferedReader lines = stream();
    assertThat(next(lines, "event")).isEqualTo("event: delta");
    assertThat(next(lines, "data")).contains("Whales");
    put(pieces, "At night they do. ");
    assertThat(next(lines, "event")).isEqualTo("event: delta");
    assertThat(next(lines, "data")).contains("night");
    put(pieces, "");
    assertThat(next(lines, "event: done")).isEqualTo("event: done");
    assertThat(next(lines, "data"))
        .contains(
            "\"role\":\"assistant\"",
            "\"citations\":[",
            "\"response_time_ms\":",
            "\"usage\":{\"prompt_tokens\":0");
    teller.close();
  }

  private static String take(SynchronousQueue<String> queue) {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void put(SynchronousQueue<String> queue, String piece) {
    try {
      queue.put(piece);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aModelThatFailsInTheMiddleEndsInAnErrorEvent() throws IOException {
    PARLEY.model.script =
        (say, _) -> {
          say.accept("Whales sing. And then ");
          throw new PortFailure(
              PortFailure.Kind.TIMEOUT, "Model", "The model went silent. Try again.", null);
        };
    BufferedReader lines = stream();
    assertThat(next(lines, "event")).isEqualTo("event: delta");
    assertThat(next(lines, "event")).isEqualTo("event: error");
    assertThat(next(lines, "data")).contains("\"status\":503", "The model went silent.");
    assertThat(lines.lines().filter(l -> !l.isBlank())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/event-stream", "application/json"})
  void anAnswerThatAStoppingServerCannotWaitForEndsWithAProblem(String accept) {
    FakeParley parley = new FakeParley();
    try (WebServer server = parley.open(FakeParley.config());
        Http http = new Http(server)) {
      String token = http.signUp("reader");
      String messages =
          "/api/v1/conversations/" + http.conversation(token, http.bot(token)) + "/messages";
      parley.model.script =
          (say, cancelled) -> {
            say.accept("Whales sing. And then ");
            server.context().getBean(Stopping.class).begin(Duration.ZERO);
            while (!cancelled.getAsBoolean()) {
              Thread.onSpinWait();
            }
          };
      HttpResponse<String> response =
          http.send(
              http.jsonRequest("POST", messages, token, "{\"content\":\"Who sings?\"}")
                  .header("Accept", accept));
      assertThat(response.body())
          .contains("\"status\":503", "The server is stopping. Try again.")
          .doesNotContain("event: done");
    }
  }

  @Test
  void aFailureBeforeTheFirstPieceIsAnOrdinaryProblem() {
    PARLEY.model.script =
        (_, _) -> {
          throw new PortFailure(
              PortFailure.Kind.UNAVAILABLE, "Model", "No model is there. Start it.", null);
        };
    HttpResponse<String> response = HTTP.send(ask("text/event-stream"));
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/event-stream", "application/json"})
  void aReaderWhoLeavesStopsTheModel(String accept) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    PARLEY.model.script =
        (say, cancelled) -> {
          say.accept("Whales sing. ");
          asked.countDown();
          while (!cancelled.getAsBoolean()) {
            Thread.onSpinWait();
          }
          stopped.countDown();
        };
    String body = "{\"content\":\"Who sings?\"}";
    try (Socket socket = new Socket("127.0.0.1", SERVER.port())) {
      String request =
          "POST "
              + MESSAGES
              + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + TOKEN
              + "\r\nAccept: "
              + accept
              + "\r\nContent-Type: application/json\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aSilentModelIsBridgedByComments() throws IOException {
    CountDownLatch heard = new CountDownLatch(1);
    PARLEY.model.script =
        (say, _) -> {
          try {
            heard.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          say.accept("Whales sing.");
        };
    BufferedReader lines = stream();
    assertThat(next(lines, ":")).isEqualTo(": still here");
    heard.countDown();
    assertThat(next(lines, "event: done")).isEqualTo("event: done");
  }

  @Test
  void withoutAskingForEventsTheAnswerIsJson() {
    PARLEY.model.script = (say, _) -> say.accept("Whales sing at night.");
    HttpResponse<String> response = HTTP.send(ask("application/json"));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(response.body())
        .startsWith("{\"user_message\":{\"id\":")
        .contains("\"assistant_message\":{\"id\":");
    String answer =
        Http.field(response.body().substring(response.body().indexOf("assistant_message")), "id");
    String feedback = "/api/v1/messages/" + answer + "/feedback";
    assertThat(HTTP.post(feedback, TOKEN, "{\"rating\":1}").statusCode()).isEqualTo(204);
    assertThat(HTTP.post(feedback, TOKEN, "{\"rating\":0}").statusCode()).isEqualTo(422);
    assertThat(HTTP.get(MESSAGES, TOKEN).body()).contains("\"role\":\"user\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"content\":\" \"}",
        "{\"content\":1}",
        "{\"content\":\"a\",\"language\":\"no such\"}"
      })
  void aQuestionThatIsNoneIs422(String body) {
    assertThat(HTTP.post(MESSAGES, TOKEN, body).statusCode()).isEqualTo(422);
  }
}
