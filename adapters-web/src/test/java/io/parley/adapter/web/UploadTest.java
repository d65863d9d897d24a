package io.parley.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.testkit.persistence.BotKnowledge;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies stream through, whatever they claim, and nothing of them is kept on the way. */
final class UploadTest {
  private static final long LIMIT = 300L << 20;
  private static final FakeParley PARLEY = new FakeParley();
  private static final WebServer SERVER =
      PARLEY.open(
          FakeParley.config()
              .withLimits(
                  WebLimits.DEFAULT
                      .withUploadBytes(LIMIT)
                      .withPauses(Duration.ofMillis(500), Duration.ofSeconds(15))));
  private static final Http HTTP = new Http(SERVER);
  private static final String TOKEN = HTTP.signUp("uploader");
  private static final String BOT = HTTP.bot(TOKEN);
  private static final String DOCUMENTS = "/api/v1/bots/" + BOT + "/documents";

  @AfterAll
  static void close() {
    HTTP.close();
    SERVER.close();
  }

  private static HttpResponse<String> upload(String path, BodyPublisher body) {
    return HTTP.send(
        Http.authorized(HTTP.request(path), TOKEN)
            .header("Content-Type", "multipart/form-data; boundary=frontier")
            .POST(body));
  }

  private static HttpResponse<String> upload(String body) {
    return upload(DOCUMENTS, BodyPublishers.ofString(body));
  }

  static String part(String name, String file, String content) {
    String fileName = file == null ? "" : "; filename=\"" + file + "\"";
    return "--frontier\r\nContent-Disposition: form-data; name=\""
        + name
        + "\""
        + fileName
        + "\r\n\r\n"
        + content
        + "\r\n";
  }

  static final String END = "--frontier--\r\n";

  @Test
  void everyFileBecomesADocumentWithTheMetadata() {
    HttpResponse<String> response =
        upload(
            part("metadata", null, "{\"year\":2020}")
                + part("files", "C:\\\\tmp\\\\höhe.txt", "one one")
                + part("file", "b.txt", "two two")
                + END);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    assertThat(response.body())
        .startsWith("{\"documents\":[{\"id\":\"")
        .contains("\"name\":\"höhe.txt\"", "\"name\":\"b.txt\"", "\"metadata\":{\"year\":2020}")
        .contains(
            "\"status\":\"pending\"", "\"progress\":{\"stage\":\"stored\",\"done\":0,\"total\":0}")
        .contains("\"content_type\":\"text/plain\"", "\"page_count\":null", "\"size\":7")
        .containsPattern("\"uploaded_at\":\"[0-9T:.-]+Z\"");
  }

  @Test
  void theSameBytesAreTheSameDocument() {
    String first = Http.field(upload(part("file", "x.txt", "same") + END).body(), "id");
    assertThat(Http.field(upload(part("file", "y.txt", "same") + END).body(), "id"))
        .isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({
    "no-file,422",
    "nothing,422",
    "garbage,422",
    "empty,422",
    "no-name,422",
    "long-name,422",
    "binary,415",
    "twice,422"
  })
  void whatCannotBeTakenIsRefusedAtOnce(String what, int status) {
    String body =
        switch (what) {
          case "no-file" -> part("metadata", null, "{}") + END;
          case "nothing" -> "";
          case "garbage" -> "garbage";
          case "empty" -> part("file", "e.txt", "") + END;
          case "no-name" -> part("file", "", "text") + END;
          case "long-name" -> part("file", "n".repeat(300), "text") + END;
          case "binary" -> part("file", "b.exe", "\u0000\u0001") + END;
          default ->
              part("metadata", null, "{}")
                  + part("file", "l.txt", "late")
                  + part("metadata", null, "{}")
                  + END;
        };
    assertThat(upload(body).statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--frontier\r\n", "--frontier\r\nX: y\r\n\r\nz"})
  void aBodyThatIsNotMultipartIs400(String body) {
    assertThat(upload(body).statusCode()).isEqualTo(400);
  }

  @Test
  void twoHundredMegabytesStreamThroughASmallHeap() {
    long size = 200L << 20;
    long before = PARLEY.blobs.received.get();
    byte[] head =
        part("file", "big.txt", "")
            .stripTrailing()
            .concat("\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8);
    byte[] tail = ("\r\n" + END).getBytes(StandardCharsets.UTF_8);
    InputStream big =
        new SequenceInputStream(
            Collections.enumeration(
                List.of(
                    new ByteArrayInputStream(head),
                    new EndlessText(size),
                    new ByteArrayInputStream(tail))));
    HttpResponse<String> response = upload(DOCUMENTS, BodyPublishers.ofInputStream(() -> big));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    assertThat(PARLEY.blobs.received.get() - before).isEqualTo(size);
    assertThat(Runtime.getRuntime().maxMemory()).isLessThan(160L << 20);
  }

  /** So many bytes of text. */
  private static final class EndlessText extends InputStream {
    private long left;

    EndlessText(long size) {
      this.left = size;
    }

    @Override
    public int read() {
      return left-- > 0 ? 'a' : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int many = (int) Math.min(length, left);
      Arrays.fill(target, offset, offset + many, (byte) 'a');
      left -= many;
      return many;
    }
  }

  @Test
  void aHundredThousandPartsOfOneByteAreRefused() {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      body.append(part("p" + i, null, "x"));
    }
    HttpResponse<String> response = upload(body.append(END).toString());
    assertThat(response.statusCode()).isEqualTo(413);
  }

  @Test
  void aHundredThousandChunksOfOneByteAreReadAsOneFile() throws IOException {
    String body = part("file", "tiny.txt", "t".repeat(100_000)) + END;
    StringBuilder chunks = new StringBuilder();
    for (char c : body.toCharArray()) {
      chunks.append("1\r\n").append(c).append("\r\n");
    }
    String answer = HTTP.raw(head("Transfer-Encoding: chunked") + chunks + "0\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 202").contains("\"size\":100000");
  }

  @Test
  void thePartsHeadersAreBounded() {
    String body =
        "--frontier\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nX: "
            + "h".repeat(100_000)
            + "\r\n\r\nx\r\n"
            + END;
    assertThat(upload(body).statusCode()).isEqualTo(413);
  }

  @ParameterizedTest
  @CsvSource({"20,10,202", "21,0,413", "1,11,413"})
  void filesAndFieldsAreCountedApart(int files, int fields, int status) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < fields; i++) {
      body.append(part("more" + i, null, "x"));
    }
    for (int i = 0; i < files; i++) {
      body.append(part("files", "f" + i + ".txt", "file " + i));
    }
    assertThat(upload(body.append(END).toString()).statusCode()).isEqualTo(status);
  }

  private static String head(String length) {
    return "POST "
        + DOCUMENTS
        + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
        + TOKEN
        + "\r\nContent-Type: multipart/form-data; boundary=frontier\r\n"
        + length
        + "\r\n\r\n";
  }

  @Test
  void aBodyThatStopsArrivingIsGivenUp() {
    String answer = HTTP.raw(head("Content-Length: 5000") + part("file", "s.txt", "stalls"));
    assertThat(answer).startsWith("HTTP/1.1 408").contains("timed_out");
  }

  @Test
  void aBodyShorterThanItsLengthAddsNothing() throws IOException {
    long before = PARLEY.database.documents().countOfAllTenants();
    try (Socket socket = new Socket("127.0.0.1", SERVER.port())) {
      String request = head("Content-Length: 5000") + part("file", "liar.txt", "short");
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    }
    assertThat(HTTP.get("/health", null).statusCode()).isEqualTo(200);
    assertThat(PARLEY.database.documents().countOfAllTenants()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void manyLargeTextsAtOnceAreTakenOrPutOffInASmallHeap(boolean declared) throws Exception {
    byte[] head = "{\"name\":\"n.txt\",\"content\":\"".getBytes(StandardCharsets.UTF_8);
    byte[] tail = "\"}".getBytes(StandardCharsets.UTF_8);
    long size = 6L << 20;
    BodyPublisher streamed =
        BodyPublishers.ofInputStream(() ->
            new SequenceInputStream(
                Collections.enumeration(
                    List.of(
                        new ByteArrayInputStream(head),
                        new EndlessText(size),
                        new ByteArrayInputStream(tail)))));
    BodyPublisher body =
        declared
            ? BodyPublishers.fromPublisher(streamed, head.length + size + tail.length)
            : streamed;
    List<HttpResponse<String>> answers = new ArrayList<>();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse<String>>> sent = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        sent.add(
            senders.submit(() ->
                HTTP.send(
                    Http.authorized(HTTP.request(DOCUMENTS + "/text"), TOKEN)
                        .header("Content-Type", "application/json")
                        .POST(body))));
      }
      for (Future<HttpResponse<String>> one : sent) {
        answers.add(one.get());
      }
    }
    assertThat(answers)
        .allSatisfy(answer -> {
          assertThat(answer.statusCode()).as(answer.body()).isIn(202, 503);
          if (answer.statusCode() == 503) {
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.body()).contains("Too many large texts");
          }
        })
        .anyMatch(answer -> answer.statusCode() == 202);
  }

  @Test
  void aTextBecomesADocument() {
    HttpResponse<String> response =
        HTTP.post(DOCUMENTS + "/text", TOKEN, "{\"name\":\" note.txt \",\"content\":\" kept \"}");
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.body()).contains("\"name\":\"note.txt\"", "\"size\":6");
    String big = "{\"name\":\"n\",\"content\":\"" + "b".repeat(3 << 20) + "\"}";
    assertThat(HTTP.post(DOCUMENTS + "/text", TOKEN, big).statusCode()).isEqualTo(202);
  }

  @Test
  void aDocumentIsReadChangedFollowedAndErased() {
    String id = Http.field(upload(part("file", "life.txt", "a life") + END).body(), "id");
    String path = DOCUMENTS + "/" + id;

    assertThat(HTTP.get(path, TOKEN).statusCode()).isEqualTo(200);
    assertThat(HTTP.get(path + "/chunks", TOKEN).body())
        .isEqualTo("{\"chunks\":[],\"total\":0,\"skip\":0,\"limit\":100}");
    assertThat(HTTP.get(path + "/preview", TOKEN).body())
        .isEqualTo(
            "{\"url\":\""
                + HTTP.base
                + "/previews/good\",\"expires_at\":\"1970-01-01T01:00:00Z\"}");
    assertThat(HTTP.post(path + "/retry", TOKEN, "").statusCode()).isEqualTo(409);
    assertThat(HTTP.post(path + "/cancel", TOKEN, "").body()).contains("\"status\":\"error\"");
    assertThat(HTTP.post(path + "/cancel", TOKEN, "").statusCode()).isEqualTo(409);
    assertThat(HTTP.json("PUT", path + "/content", TOKEN, "{\"content\":\"next\"}").body())
        .contains("\"version\":2");

    BotKnowledge bot = PARLEY.bot(BOT, "uploader");
    SourceId source = new SourceId(UUID.fromString(id));
    bot.complete(new VersionRef(source, 2), "next");
    HttpResponse<String> events =
        HTTP.send(
            Http.authorized(HTTP.request(path + "/events"), TOKEN)
                .header("Accept", "text/event-stream"));
    assertThat(events.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    assertThat(events.body()).startsWith("event: done\ndata: {\"id\":\"" + id);

    HTTP.json("PUT", path + "/content", TOKEN, "{\"content\":\"broken\"}");
    PARLEY
        .database
        .ingestion()
        .fail(bot.scope(), new VersionRef(source, 3), "It is broken.", BotKnowledge.NOW);
    assertThat(HTTP.get(path + "/events", TOKEN).body())
        .startsWith("event: done\ndata: {\"id\":\"" + id)
        .contains("\"status\":\"error\"");

    HttpResponse<String> gone = HTTP.send(Http.authorized(HTTP.request(path), TOKEN).DELETE());
    assertThat(gone.statusCode()).isEqualTo(204);
    assertThat(gone.headers().firstValue("Erasure-Id").orElseThrow()).matches("[0-9a-f-]{36}");
    assertThat(HTTP.get(path, TOKEN).statusCode()).isEqualTo(404);
    assertThat(HTTP.get(path + "/events", TOKEN).statusCode()).isEqualTo(404);
  }
}
