package io.parley.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads that do not say how long they are, as their bytes go over the line. */
final class ChunkedUploadTest {
  private static final WebServer SERVER = open();
  private static final Http HTTP = new Http(SERVER);
  private static final String TOKEN = HTTP.signUp("sender");
  private static final String DOCUMENTS = "/api/v1/bots/" + HTTP.bot(TOKEN) + "/documents";

  private static WebServer open() {
    WebConfig config = FakeParley.config();
    return new FakeParley()
        .open(
            config.withLimits(
                config.limits().withPauses(Duration.ofSeconds(5), Duration.ofSeconds(15))));
  }

  @AfterAll
  static void close() {
    HTTP.close();
    SERVER.close();
  }

  private static String head(String more) {
    return "POST "
        + DOCUMENTS
        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
        + TOKEN
        + "\r\nTransfer-Encoding: chunked\r\nContent-Type: multipart/form-data; boundary=frontier\r\n"
        + more
        + "\r\n";
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  /** The status line that the server answers, after the pieces were sent one by one. */
  private static String send(List<String> pieces) throws IOException, InterruptedException {
    try (Socket socket = new Socket("127.0.0.1", HTTP.base.getPort())) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      for (String piece : pieces) {
        out.write(piece.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        Thread.sleep(50);
      }
      return line(socket.getInputStream());
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\r'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  private static String body(String text) {
    return UploadTest.part("files", text + ".txt", text) + UploadTest.END;
  }

  @Test
  void aBodyInOnePieceWithItsHeadIsTaken() throws IOException, InterruptedException {
    assertThat(send(List.of(head("") + chunk(body("one")) + "0\r\n\r\n"))).contains(" 202");
  }

  @Test
  void aBodyWhoseEndComesLaterIsTaken() throws IOException, InterruptedException {
    assertThat(send(List.of(head(""), chunk(body("two")), "0\r\n\r\n"))).contains(" 202");
  }

  @Test
  void manySmallChunksAreTaken() throws IOException, InterruptedException {
    StringBuilder chunks = new StringBuilder();
    body("three").chars().forEach(c -> chunks.append(chunk(String.valueOf((char) c))));
    assertThat(send(List.of(head(""), chunks + "0\r\n\r\n"))).contains(" 202");
  }

  @Test
  void whoAsksBeforeSendingIsToldToGoOn() throws IOException, InterruptedException {
    assertThat(send(List.of(head("Expect: 100-continue\r\n")))).contains(" 100");
    assertThat(send(List.of(head("Expect: 100-continue\r\n"), chunk(body("four")) + "0\r\n\r\n")))
        .contains(" 100");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--frontier\r\n", "zz\r\n", "-5\r\n"})
  void aBodyWithoutTheSizesOfItsChunksIsMalformed(String start)
      throws IOException, InterruptedException {
    assertThat(send(List.of(head(""), start + body("five")))).contains(" 400");
    assertThat(send(List.of(head("") + start + body("five")))).contains(" 400");
    assertThat(send(List.of(head(""), chunk("--frontier\r\n"), start + body("five"))))
        .contains(" 400");
  }
}
