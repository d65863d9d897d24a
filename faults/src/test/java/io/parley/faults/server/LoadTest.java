package io.parley.faults.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.parley.faults.ledger.Expectations;
import io.parley.faults.ledger.Ledger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that forgets nothing is found out by those who erase. */
@Timeout(60)
class LoadTest {
  private static final String ANSWER =
      """
      {"access_token": "t", "id": "%1$s", "version": 1, "documents": [{"id": "%1$s", "version": 1}],
       "assistant_message": {"content": "%2$s"}}\
      """;

  private final StringBuilder said = new StringBuilder();
  private HttpServer server;
  private Path file;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    file = directory.resolve("ledger");
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answerWith(boolean everythingThatWasSaid) {
    server.createContext("/", exchange -> answer(exchange, everythingThatWasSaid));
    server.start();
  }

  private synchronized void answer(HttpExchange exchange, boolean everything) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    said.append(body.replaceAll("[^a-z]+", " "));
    String content = everything ? said.toString() : "Nothing was found.";
    byte[] answer = ANSWER.formatted(UUID.randomUUID(), content).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  /** Has a user work until the ledger says so. */
  private List<String> seenWhenThereAre(Predicate<Expectations> enough) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    try (HttpClient http = HttpClient.newHttpClient();
        Ledger ledger = Ledger.open(file)) {
      User user = new User(http, address, ledger, "eraser");
      user.register();
      Load load = new Load(user, ledger, 4711);
      Thread thread = Thread.ofPlatform().start(load);
      while (!enough.test(Expectations.of(file))) {
        Thread.sleep(20);
      }
      load.end();
      thread.join();
    }
    return Expectations.of(file).newViolations();
  }

  @Test
  void whatComesBackAfterItWasErasedIsNoticed() throws Exception {
    answerWith(true);

    assertThat(seenWhenThereAre(ledger -> !ledger.newViolations().isEmpty()))
        .isNotEmpty()
        .allMatch(seen -> seen.startsWith("What was erased came back from an answer: "));
  }

  @Test
  void aServerThatForgetsIsFine() throws Exception {
    answerWith(false);

    assertThat(
            seenWhenThereAre(
                ledger -> ledger.counts().getOrDefault("erasures acknowledged", 0L) > 2))
        .isEmpty();
  }
}
