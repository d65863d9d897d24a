package io.parley.faults.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.parley.faults.RunReport;
import io.parley.faults.ledger.Ledger;
import io.parley.faults.ledger.SampleText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that lose or mix up what they were given are found out by those who ask. */
@Timeout(60)
class AskingTest {
  private static final SampleText TEXT = new SampleText("the lamp", "Zelvath", 1);

  @TempDir private Path directory;
  private HttpServer server;
  private String wrong = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String what = path.substring(path.lastIndexOf('/') + 1);
    exchange.getRequestBody().readAllBytes();
    String words = what.equals(wrong) ? "others" : TEXT.canary();
    String answer =
        switch (what) {
          case "search" -> "{\"results\":[{\"document_id\":\"d\",\"content\":\"" + words + "\"}]}";
          case "conversations" -> "{\"id\":\"c\"}";
          case "messages" -> "{\"assistant_message\":{\"content\":\"" + words + "\"}}";
          case "preview" -> "{\"url\":\"/file\"}";
          default -> what.equals(wrong) ? words : new String(TEXT.bytes(), StandardCharsets.UTF_8);
        };
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private RunReport asked() throws Exception {
    URI there = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    URI nobody = ServerProcess.freeAddress();
    RunReport report = new RunReport("asking");
    try (HttpClient http = HttpClient.newHttpClient();
        Ledger ledger = Ledger.open(directory.resolve("ledger"))) {
      User user = new User(http, there, ledger, "asker");
      try (Asking asking =
          Asking.begin(
              List.of(user, user.at(nobody)), Map.of("d", TEXT), report, new Random(1), 0)) {
        asking.everything();
        asking.end();
      }
    }
    return report;
  }

  @Test
  void whatIsRightAtOneOfTheServersIsFine() throws Exception {
    assertThat(asked().violations()).isZero();
  }

  @Test
  void whatIsWrongIsNoticed() throws Exception {
    for (String each : List.of("search", "messages", "file")) {
      wrong = each;
      assertThat(asked().found()).as(each).containsExactly("an answer that is not right");
    }
  }

  @Test
  void noAnswerFromAnyServerIsNoticed() throws Exception {
    server.stop(0);

    assertThat(asked().found()).containsExactly("an answer that is not right");
  }
}
