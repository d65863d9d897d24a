package io.parley.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.port.PortFailure;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that goes wrong is a problem document with a sentence, and nothing of the inside. */
final class ProblemsTest {
  private static final FakeParley PARLEY = new FakeParley();
  private static final WebServer SERVER = PARLEY.open();
  private static final Http HTTP = new Http(SERVER);
  private static final String TOKEN = HTTP.signUp("problems");

  @AfterAll
  static void close() {
    HTTP.close();
    SERVER.close();
  }

  private static void isProblem(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    isProblem(response.body(), status, code);
    assertThat(Http.field(response.body(), "request_id"))
        .isEqualTo(response.headers().firstValue("X-Request-Id").orElseThrow());
  }

  private static void isProblem(String body, int status, String code) {
    assertThat(body)
        .contains("\"status\":" + status)
        .contains("\"code\":\"" + code + "\"")
        .contains("\"type\":\"urn:parley:problem:" + code + "\"")
        .contains("\"instance\":\"/");
    assertThat(Http.field(body, "detail")).matches("[A-Za-z\"].{10,}\\.");
    assertThat(body).doesNotContain("Exception", "io.micronaut", "io.parley.", "java.", "netty");
  }

  @Test
  void anUnknownRouteIs404() {
    isProblem(HTTP.get("/nowhere", null), 404, "not_found");
    isProblem(HTTP.get("/api/v1/nothing", TOKEN), 404, "not_found");
  }

  @Test
  void aWrongMethodIs405AndNamesTheRightOnes() {
    HttpResponse<String> response = HTTP.json("PATCH", "/api/v1/auth/me", TOKEN, "{}");
    isProblem(response, 405, "method_not_allowed");
    assertThat(response.headers().firstValue("Allow").orElseThrow()).contains("GET");
  }

  @Test
  void anAnswerThatNobodyCanReadIs406() {
    isProblem(
        HTTP.send(
            Http.authorized(HTTP.request("/api/v1/auth/me"), TOKEN).header("Accept", "image/png")),
        406,
        "not_acceptable");
  }

  /** The framework keeps each page of HTML that it makes of an error, without bound. */
  @ParameterizedTest
  @ValueSource(strings = {"text/html", "text/html,application/xhtml+xml,*/*;q=0.8"})
  void aBrowserGetsNoPageOfHtmlEither(String wanted) {
    isProblem(HTTP.send(HTTP.request("/nowhere").header("Accept", wanted)), 404, "not_found");
    assertThat(HTTP.send(HTTP.request("/api/v1/auth/me").header("Accept", wanted)).headers().map())
        .containsEntry("Content-Type", List.of("application/problem+json"));
  }

  @Test
  void aContentTypeThatIsNotReadIs415() {
    isProblem(
        HTTP.send(
            Http.authorized(HTTP.request("/api/v1/bots"), TOKEN)
                .header("Content-Type", "application/xml")
                .POST(BodyPublishers.ofString("<bot/>"))),
        415,
        "unsupported_media_type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"name\":}",
        "[1]",
        "null",
        "{\"name\":\"a\"} x",
        "{\"a\":1,\"a\":2}",
        "{\"name\":NaN}",
        "{\"temperature\":1e999}",
        "\u0000",
        "{'name':'a'}"
      })
  void malformedJsonIs400(String body) {
    isProblem(HTTP.post("/api/v1/bots", TOKEN, body), 400, "malformed");
  }

  @Test
  void jsonThatIsNotUtf8Is400() {
    isProblem(
        HTTP.send(
            Http.authorized(HTTP.request("/api/v1/bots"), TOKEN)
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofByteArray(
                        "{\"name\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1)))),
        400,
        "malformed");
  }

  @Test
  void jsonNestedAHundredThousandDeepIs400() {
    isProblem(HTTP.post("/api/v1/bots", TOKEN, "[".repeat(100_000)), 400, "malformed");
    isProblem(HTTP.post("/api/v1/bots", TOKEN, "{\"a\":".repeat(100_000)), 400, "malformed");
  }

  @Test
  void tooMuchJsonIs413() {
    isProblem(
        HTTP.post("/api/v1/bots", TOKEN, "{\"name\":\"" + "a".repeat(1 << 20) + "\"}"),
        413,
        "too_large");
  }

  @Test
  void everyFieldThatIsWrongIsListed() {
    HttpResponse<String> response =
        HTTP.post(
            "/api/v1/bots",
            TOKEN,
            """
            {"name":"  ","temperature":3,"is_public":"yes","configuration":{"agent":"spy","top_k":99},
             "description":7,"welcome_message":"half \\ud800"}
            """);
    isProblem(response, 422, "invalid");
    assertThat(response.body())
        .contains("\"field\":\"name\"", "\"field\":\"temperature\"", "\"field\":\"is_public\"")
        .contains("\"field\":\"configuration.agent\"", "\"field\":\"configuration.top_k\"")
        .contains("\"field\":\"description\"", "\"field\":\"welcome_message\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?skip=-1", "?limit=0", "?limit=101", "?skip=x", "?limit=99999999999"})
  void aPageThatDoesNotExistIs422(String query) {
    isProblem(HTTP.get("/api/v1/bots" + query, TOKEN), 422, "invalid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "1-2-3-4-5",
        "00000000-0000-0000-0000-00000000000g",
        "%00",
        "..%2f",
        "%2e%2e"
      })
  void aMalformedIdIsAnUnknownOne(String id) {
    HttpResponse<String> response = HTTP.get("/api/v1/bots/" + id, TOKEN);
    isProblem(response, 404, "not_found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/v1/bots/%zz", "/api/v1/bots/%", "/%c3%28%", "/a b", "//[", "/\u0001"})
  void badPercentEncodingIs400(String path) {
    String answer = HTTP.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(answer).matches("(?s)HTTP/1.[01] 4.*").contains("application/problem+json");
    assertThat(answer).doesNotContain("Exception", "io.micronaut", "java.");
  }

  @Test
  void aMalformedRequestLineIs400() {
    String answer = HTTP.raw("GARBAGE\r\n\r\n");
    assertThat(answer).matches("(?s)HTTP/1.[01] 400.*").contains("application/problem+json");
    isProblem(answer, 400, "malformed");
  }

  @Test
  void aHeaderThatIsTooLargeIs431() {
    String answer =
        HTTP.raw("GET /health HTTP/1.1\r\nHost: x\r\nX-Big: " + "a".repeat(20_000) + "\r\n\r\n");
    assertThat(answer).matches("(?s)HTTP/1.[01] 431.*");
    isProblem(answer, 431, "header_too_large");
  }

  @Test
  void anAddressThatIsTooLongIs414() {
    String answer = HTTP.raw("GET /" + "a".repeat(10_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(answer).matches("(?s)HTTP/1.[01] 414.*");
    isProblem(answer, 414, "uri_too_long");
  }

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE,503,unavailable,true", "TIMEOUT,503,unavailable,true",
    "RATE_LIMITED,429,rate_limited,true", "CREDENTIALS_REJECTED,503,unavailable,false",
    "INVALID_CONFIGURATION,503,unavailable,false", "CORRUPT_DATA,500,internal,false",
    "STORAGE_FULL,507,storage_full,true"
  })
  void aFailedBackendIsSaidByItsKind(
      PortFailure.Kind kind, int status, String code, boolean later) {
    String bot = HTTP.bot(TOKEN);
    PARLEY.searchBreaks =
        new PortFailure(
            kind, "Index", "The index does not answer. Wait for it.", new Exception("secret"));
    HttpResponse<String> response =
        HTTP.post("/api/v1/bots/" + bot + "/search", TOKEN, "{\"query\":\"a\"}");
    PARLEY.searchBreaks = null;

    isProblem(response, status, code);
    assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(later);
    assertThat(response.body()).contains("The index does not answer.").doesNotContain("secret");
  }

  @Test
  void whatNobodyExpectedIs500WithoutItsWords() {
    String bot = HTTP.bot(TOKEN);
    PARLEY.searchBreaks = new IllegalStateException("SELECT secret FROM java.lang");
    HttpResponse<String> response =
        HTTP.post("/api/v1/bots/" + bot + "/search", TOKEN, "{\"query\":\"a\"}");
    PARLEY.searchBreaks = null;

    isProblem(response, 500, "internal");
    assertThat(response.body()).doesNotContain("SELECT", "secret");
  }
}
