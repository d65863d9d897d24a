package io.parley.bootstrap.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.parley.application.check.CheckReport;
import io.parley.application.check.CheckResult;
import io.parley.application.check.RunChecks;
import io.parley.domain.port.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that answers as Parley does, but for one call. */
class DeployedServerProbeTest {
  private static final String ORIGIN = "https://app.example.com";
  private static final String BOTS = "/api/v1/bots";
  private static final String BOT = BOTS + "/b";
  private static final String DOCUMENT = BOT + "/documents/d";

  /** What a call is answered with. */
  private record Lie(int status, String body) {}

  private final Map<String, Lie> lies = new HashMap<>();
  private HttpServer server;
  private String content = "";
  private boolean open;
  private boolean botThere;
  private boolean documentThere;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void handle(HttpExchange call) throws IOException {
    String name = call.getRequestMethod() + " " + call.getRequestURI().getPath();
    String sent = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Lie lie = lies.get(name);
    boolean erased = name.equals("GET /file") && !documentThere;
    if (lie == null || erased) {
      honest(call, name, sent);
    } else {
      answer(call, lie.status(), lie.body());
    }
  }

  private void honest(HttpExchange call, String name, String sent) throws IOException {
    switch (name) {
      case "GET /health" -> answer(call, 200, "{}");
      case "GET /health/ready" -> answer(call, 200, "{\"backends\":[]}");
      case "OPTIONS " + BOTS -> preflight(call);
      case "GET " + BOTS -> answer(call, isSigned(call) ? 200 : 401, "{}");
      case "POST " + BOTS -> {
        botThere = true;
        answer(call, 201, "{\"id\":\"b\"}");
      }
      case "GET " + BOT -> answer(call, botThere ? 200 : 404, "{}");
      case "DELETE " + BOT -> {
        botThere = false;
        answer(call, 204, "");
      }
      case "POST " + BOT + "/documents" -> {
        content = sent.split("\r\n\r\n", -1)[1].split("\r\n", -1)[0];
        documentThere = true;
        answer(call, 202, "{\"documents\":[{\"id\":\"d\"}]}");
      }
      case "GET " + DOCUMENT ->
          answer(call, documentThere ? 200 : 404, "{\"status\":\"complete\",\"chunks_count\":1}");
      case "DELETE " + DOCUMENT -> {
        documentThere = false;
        call.getResponseHeaders().add("Erasure-Id", "e");
        answer(call, 204, "");
      }
      case "POST " + BOT + "/search" ->
          answer(call, 200, "{\"results\":[" + (documentThere ? quoted("content") : "") + "]}");
      case "POST " + BOT + "/conversations" -> answer(call, 201, "{\"id\":\"c\"}");
      case "POST /api/v1/conversations/c/messages" ->
          answer(call, 200, "{\"assistant_message\":{\"citations\":[" + quoted("quote") + "]}}");
      case "GET " + DOCUMENT + "/preview" -> answer(call, 200, "{\"url\":\"/file\"}");
      case "GET /file" -> file(call);
      default -> answer(call, 404, "{}");
    }
  }

  private String quoted(String name) {
    return "{\"" + name + "\":\"" + content + "\"}";
  }

  private static boolean isSigned(HttpExchange call) {
    return List.of("Bearer token").equals(call.getRequestHeaders().get("Authorization"));
  }

  private void preflight(HttpExchange call) throws IOException {
    String page = call.getRequestHeaders().getFirst("Origin");
    if (open || ORIGIN.equals(page)) {
      call.getResponseHeaders().add("Access-Control-Allow-Origin", page);
      call.getResponseHeaders().add("Access-Control-Allow-Methods", "GET, POST");
    }
    answer(call, 200, "");
  }

  private void file(HttpExchange call) throws IOException {
    if (!documentThere) {
      answer(call, 404, "");
    } else if (call.getRequestHeaders().containsKey("Range")) {
      answer(call, 206, content.substring(4, 11));
    } else {
      answer(call, 200, content);
    }
  }

  private static void answer(HttpExchange call, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    boolean none = bytes.length == 0 || status == 204;
    call.sendResponseHeaders(status, none ? -1 : bytes.length);
    if (!none) {
      call.getResponseBody().write(bytes);
    }
    call.close();
  }

  private CheckReport checked() {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    try (ServerCalls calls = new ServerCalls(url, new Secret("token"))) {
      return new RunChecks((_, _, _) -> {}).run(List.of(new DeployedServerProbe(calls, ORIGIN)));
    }
  }

  private static List<String> failed(CheckReport report) {
    return report.results().stream().filter(CheckResult::failed).map(CheckResult::check).toList();
  }

  @Test
  void aServerThatIsRightPassesAndIsLeftAsItWas() {
    CheckReport report = checked();

    assertThat(report.passed()).as(report.results().toString()).isTrue();
    assertThat(report.count("passed")).isEqualTo(14);
    assertThat(botThere || documentThere).isFalse();
  }

  @ParameterizedTest(name = "{0}: {1} is {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          health                          | GET /health                            | 503 | {}
          readiness                       | GET /health/ready                      | 503 | {"backends":[{"name":"x","status":"down"}]}
          preflight of an allowed origin  | OPTIONS /api/v1/bots                   | 405 | {}
          call without a token            | GET /api/v1/bots                       | 200 | {}
          make a bot                      | POST /api/v1/bots                      | 403 | {}
          upload                          | POST /api/v1/bots/b/documents          | 507 | {}
          read in                         | GET /api/v1/bots/b/documents/d         | 200 | {"status":"error","error_message":"No."}
          search                          | POST /api/v1/bots/b/search             | 200 | {"results":[]}
          ask                             | POST /api/v1/conversations/c/messages  | 200 | {"assistant_message":{"citations":[]}}
          ask                             | POST /api/v1/conversations/c/messages  | 200 | {"assistant_message":{"citations":[{"quote":"invented"}]}}
          preview                         | GET /file                              | 200 | other bytes
          range of a preview              | GET /file                              | 200 | other bytes
          erase                           | DELETE /api/v1/bots/b/documents/d      | 500 | {}
          remove the bot                  | DELETE /api/v1/bots/b                  | 500 | {}
          """)
  void whatIsWrongFails(String check, String call, int status, String body) {
    lies.put(call, new Lie(status, body));

    CheckReport report = checked();

    assertThat(failed(report)).contains(check);
    assertThat(report.passed()).isFalse();
    assertThat(report.results())
        .filteredOn(CheckResult::failed)
        .allSatisfy(result -> assertThat(result.remedy()).isNotEmpty());
  }

  @Test
  void whatIsErasedAndStillFoundFails() {
    lies.put(
        "POST " + BOT + "/search", new Lie(200, "{\"results\":[{\"content\":\"still there\"}]}"));

    assertThat(failed(checked())).contains("search", "erase");
  }

  @Test
  void aServerThatPagesOfAnyOriginMayCallFails() {
    open = true;

    assertThat(failed(checked())).containsExactly("preflight of a foreign origin");
  }

  @Test
  void aBotThatCannotBeRemovedIsNamed() {
    lies.put("DELETE " + BOT, new Lie(500, "{}"));

    assertThat(checked().leftBehind()).singleElement().asString().contains(BOT);
  }
}
