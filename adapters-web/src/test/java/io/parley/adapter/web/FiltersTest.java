package io.parley.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What every request passes. */
final class FiltersTest {
  private static final FakeParley PARLEY = new FakeParley();
  private static final WebServer SERVER = PARLEY.open(config());
  private static final Http HTTP = new Http(SERVER);
  private static final String TOKEN = HTTP.signUp("filters");

  private static WebConfig config() {
    WebConfig config = FakeParley.config();
    return new WebConfig(
        config.host(),
        0,
        WebConfig.Environment.PRODUCTION,
        List.of("https://app.example.com", "https://*.example.app"),
        URI.create("https://parley.example.com/"),
        config.tokenKey(),
        config.tokenLifetime(),
        config.limits());
  }

  @AfterAll
  static void close() {
    HTTP.close();
    SERVER.close();
  }

  @Test
  void aSaneRequestIdIsKept() {
    HttpResponse<String> response =
        HTTP.send(HTTP.request("/health").header("X-Request-Id", "caller-1.2_3"));
    assertThat(response.headers().firstValue("X-Request-Id")).hasValue("caller-1.2_3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "<script>", "{}", "a;b"})
  void aStrangeRequestIdIsReplaced(String id) {
    HttpResponse<String> response = HTTP.send(HTTP.request("/health").header("X-Request-Id", id));
    assertThat(response.headers().firstValue("X-Request-Id").orElseThrow())
        .matches("[0-9a-f-]{36}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br", "snappy", "x-gzip", "identity, gzip", "zstd"})
  void aPackedBodyIsRefusedBeforeItIsRead(String encoding) {
    HttpResponse<String> response =
        HTTP.send(
            HTTP.jsonRequest("POST", "/api/v1/bots", TOKEN, "not even JSON")
                .header("Content-Encoding", encoding));
    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(response.body()).contains("unsupported_media_type");
  }

  @Test
  void aBodyThatWouldUnpackToAGigabyteIsNeverUnpacked() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 1_024; i++) {
        gzip.write(zeros);
      }
    }
    for (String path : List.of("/api/v1/bots", "/api/v1/auth/login", "/nowhere")) {
      HttpResponse<String> response =
          HTTP.send(
              Http.authorized(HTTP.request(path), TOKEN)
                  .header("Content-Type", "application/json")
                  .header("Content-Encoding", "gzip")
                  .POST(BodyPublishers.ofByteArray(bomb.toByteArray())));
      assertThat(response.statusCode()).isEqualTo(415);
    }
    String transfer =
        HTTP.raw(
            "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
    assertThat(transfer).startsWith("HTTP/1.1 4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://app.example.com", "https://a.example.app", "https://a.b.example.app"})
  void aListedOriginIsLetIn(String origin) {
    HttpResponse<String> response = preflight("/api/v1/bots", origin);
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue(origin);
    assertThat(response.headers().firstValue("Access-Control-Allow-Credentials")).hasValue("true");
    assertThat(response.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
        .contains("Authorization", "Content-Type");
    assertThat(response.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
        .contains("X-Request-Id", "Retry-After", "RateLimit-Limit");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.app",
        "http://a.example.app",
        "https://aexample.app",
        "null",
        "https://a.example.app.evil.com",
        "https://evil.com#.example.app",
        "http://localhost:3000",
        "https://app.example.com.evil.com",
        "https://a.example.app:444",
        "http://localhost"
      })
  void anOriginThatIsNotListedIsToldNothing(String origin) {
    for (HttpResponse<String> response :
        List.of(
            preflight("/api/v1/bots", origin),
            HTTP.send(HTTP.request("/health").header("X-Origin", "")))) {
      assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  @Test
  void aPreflightOfAnyPathIsAnsweredByThePolicyAlone() {
    HttpResponse<String> response = preflight("/nowhere", "https://app.example.com");
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
        .contains("DELETE", "PUT");
  }

  @Test
  void anErrorCarriesTheOriginTooSoThatPagesCanReadIt() {
    String answer =
        HTTP.raw("GET /api/v1/bots HTTP/1.1\r\nHost: x\r\nOrigin: https://app.example.com\r\n\r\n");
    assertThat(answer)
        .startsWith("HTTP/1.1 401")
        .containsIgnoringCase("access-control-allow-origin: https://app.example.com");
  }

  @Test
  void aListedOriginIsServedWhereAProxyNamesThisMachineAsTheHost() {
    for (String host : List.of("127.0.0.1:8000", "localhost")) {
      String answer =
          HTTP.raw(
              "GET /health HTTP/1.1\r\nHost: "
                  + host
                  + "\r\nOrigin: https://app.example.com\r\nConnection: close\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 200");
    }
  }

  private static HttpResponse<String> preflight(String path, String origin) {
    String answer =
        HTTP.raw(
            "OPTIONS "
                + path
                + " HTTP/1.1\r\nHost: x\r\nOrigin: "
                + origin
                + "\r\nAccess-Control-Request-Method: POST\r\nConnection: close\r\n\r\n");
    return new RawResponse(answer);
  }

  @Test
  void everyAnswerIsGuarded() {
    for (String path : List.of("/health", "/nowhere", "/api/v1/bots")) {
      HttpResponse<String> response = HTTP.get(path, null);
      assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("frame-ancestors 'none'", "default-src 'none'");
      assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/health/", "/api/v1/bots/", "/api/v1/auth/me/", "/openapi.json/", "/docs/"})
  void aTrailingSlashNeverMatters(String path) {
    assertThat(HTTP.get(path, TOKEN).statusCode()).isEqualTo(200);
  }

  @Test
  void theLanguageOfACallerNeverReachesTheFramework() {
    for (int i = 0; i < 20; i++) {
      HttpResponse<String> response =
          HTTP.send(HTTP.request("/test/language").header("Accept-Language", "x-made-up-" + i));
      assertThat(response.body()).isEqualTo("none");
    }
  }

  @Test
  void theAccessLogIsOneLineOfJsonWithoutContent() {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger("parley.access");
    lines.start();
    logger.addAppender(lines);
    HTTP.get("/api/v1/bots/11111111-1111-1111-1111-111111111111?q=a%0d%0asecret", TOKEN);
    logger.detachAppender(lines);

    String line = lines.list.getLast().getFormattedMessage();
    assertThat(line)
        .startsWith("{\"method\":\"GET\",\"route\":\"/api/v1/bots/{bot}\",\"status\":404,\"ms\":")
        .contains("\"request_id\":", "\"user_id\":")
        .doesNotContain("secret", "1111", "\n", TOKEN);
  }
}
