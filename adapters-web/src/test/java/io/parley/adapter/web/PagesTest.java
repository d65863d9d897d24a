package io.parley.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.adapter.web.health.ReadinessProbe;
import io.parley.adapter.web.json.JsonReader;
import io.parley.domain.port.PortFailure;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Health, the description, its page, and previews. */
final class PagesTest {
  private static final FakeParley PARLEY = new FakeParley();
  private static final WebServer SERVER = PARLEY.open();
  private static final Http HTTP = new Http(SERVER);

  @AfterAll
  static void close() {
    HTTP.close();
    SERVER.close();
  }

  @Test
  void aDatabaseThatAnswersIsHealthy() {
    assertThat(HTTP.get("/health", null).body()).isEqualTo("{\"status\":\"healthy\"}");
    assertThat(HTTP.get("/health/db", null).body())
        .isEqualTo("{\"status\":\"healthy\",\"database\":\"connected\"}");
    assertThat(HTTP.get("/health/ready", null).body())
        .startsWith(
            "{\"status\":\"ready\",\"backends\":[{\"name\":\"database\",\"needed\":true,\"status\":\"up\",\"latency_ms\":");
  }

  @Test
  void aDatabaseThatIsDownIsSaidWithItsReason() {
    FakeParley down = new FakeParley();
    down.databaseDown =
        new PortFailure(
            PortFailure.Kind.UNAVAILABLE, "PostgreSQL", "PostgreSQL does not answer.", null);
    try (WebServer server = down.open();
        Http http = new Http(server)) {
      HttpResponse<String> db = http.get("/health/db", null);
      assertThat(db.statusCode()).isEqualTo(503);
      assertThat(db.body())
          .isEqualTo("{\"status\":\"unhealthy\",\"database\":\"PostgreSQL does not answer.\"}");
      assertThat(http.get("/health", null).statusCode()).isEqualTo(503);
      assertThat(http.get("/health/ready", null).statusCode()).isEqualTo(503);
    }
  }

  @Test
  void onlyABackendThatIsNeededHoldsReadinessUp() {
    FakeParley parley = new FakeParley();
    parley.probes.add(probe("cache", false));
    try (WebServer server = parley.open();
        Http http = new Http(server)) {
      assertThat(http.get("/health/ready", null).statusCode()).isEqualTo(200);
      assertThat(http.get("/health/ready", null).body())
          .contains("\"name\":\"cache\"", "\"status\":\"down\"");
    }
    parley.probes.add(probe("vector_store", true));
    try (WebServer server = parley.open();
        Http http = new Http(server)) {
      assertThat(http.get("/health/ready", null).statusCode()).isEqualTo(503);
    }
  }

  private static ReadinessProbe probe(String name, boolean needed) {
    return new ReadinessProbe() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public boolean needed() {
        return needed;
      }

      @Override
      public void check() {
        throw new PortFailure(PortFailure.Kind.TIMEOUT, name, "It does not answer.", null);
      }
    };
  }

  @Test
  void theDescriptionIsCompleteEnoughToGenerateAClientFrom() {
    HttpResponse<String> response = HTTP.get("/openapi.json", null);
    assertThat(response.statusCode()).isEqualTo(200);
    Map<String, Object> description =
        JsonReader.object(response.body().getBytes(StandardCharsets.UTF_8));
    assertThat(description.get("openapi").toString()).startsWith("3.");
    Map<?, ?> components = (Map<?, ?>) description.get("components");
    assertThat(components.get("securitySchemes").toString()).contains("bearer");
    Map<?, ?> schemas = (Map<?, ?>) components.get("schemas");
    assertThat(schemas.containsKey("Problem")).isTrue();
    assertThat(((Map<?, ?>) schemas.get("Problem")).get("required").toString())
        .contains("request_id")
        .doesNotContain("errors");
    assertThat(schemas.get("Document").toString()).contains("additionalProperties=true");
    assertThat(schemas.get("Bot").toString()).contains("welcome_message", "owner_id", "created_at");
    ((Map<?, ?>) description.get("paths"))
        .forEach((path, methods) ->
            ((Map<?, ?>) methods)
                .forEach((method, o) -> describes(path + " " + method, (Map<?, ?>) o)));
  }

  private static void describes(String where, Map<?, ?> operation) {
    assertThat(operation.containsKey("summary")).as(where).isTrue();
    Map<?, ?> responses = (Map<?, ?>) operation.get("responses");
    assertThat(responses.keySet().stream().filter(s -> s.toString().startsWith("20")))
        .as(where)
        .hasSizeBetween(1, where.startsWith("/previews") ? 2 : 1);
    if (!where.startsWith("/health") && !where.startsWith("/previews")) {
      assertThat(responses.keySet().containsAll(List.of("4XX", "5XX"))).as(where).isTrue();
    }
    if (where.endsWith(" put")) {
      assertThat(operation.containsKey("requestBody")).as(where).isTrue();
    }
    assertThat(String.valueOf(operation.get("parameters")))
        .as(where)
        .doesNotContain("caller", "request");
  }

  @Test
  void thePageOverItLoadsNothingFromElsewhere() {
    HttpResponse<String> page = HTTP.get("/docs", null);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("script-src 'self';", "connect-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe-eval", "http");
    Matcher files = Pattern.compile("(?:href|src)=\"([^\"]+)\"").matcher(page.body());
    while (files.find()) {
      assertThat(files.group(1)).startsWith("/docs/");
      assertThat(HTTP.get(files.group(1), null).statusCode()).as(files.group(1)).isEqualTo(200);
    }
    assertThat(HTTP.get("/docs/..%2f..%2fsecret", null).statusCode()).isBetween(400, 404);
  }

  @Test
  void aPreviewOpensWithoutACredentialAndRunsNothing() {
    HttpResponse<String> preview = HTTP.get("/previews/good", null);
    assertThat(preview.statusCode()).isEqualTo(200);
    assertThat(preview.body()).isEqualTo("A preview.");
    assertThat(preview.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(preview.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename*=UTF-8''a%20b.html");
    assertThat(preview.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("sandbox;")
        .contains("frame-ancestors 'self' http://localhost:3000");
    assertThat(preview.headers().firstValue("X-Frame-Options")).isEmpty();
    assertThat(HTTP.get("/previews/forged", null).statusCode()).isEqualTo(404);
  }

  @Test
  void aPreviewOfWhatWasErasedOpensNoMore() {
    FakeParley parley = new FakeParley();
    try (WebServer server = parley.open();
        Http http = new Http(server)) {
      assertThat(http.get("/previews/good", null).statusCode()).isEqualTo(200);
      parley.erasePreviewed();
      assertThat(http.get("/previews/good", null).statusCode()).isEqualTo(404);
    }
  }

  private static HttpResponse<String> preview(String... headers) {
    return HTTP.send(HTTP.request("/previews/good").headers(headers));
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=2-5, prev, 2-5",
    "bytes=0-0, A, 0-0",
    "bytes=7-, ew., 7-9",
    "bytes=-3, ew., 7-9",
    "bytes=7-999999999999, ew., 7-9",
    "bytes=-999, A preview., 0-9"
  })
  void aRangeOfAPreviewIsServedAlone(String range, String body, String served) {
    HttpResponse<String> part = preview("Range", range);
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(body);
    assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes " + served + "/10");
    assertThat(part.headers().firstValue("Content-Length")).hasValue("" + body.length());
    assertThat(part.headers().firstValue("Accept-Ranges")).hasValue("bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-1,4-5", "bytes=5-2", "bytes=-", "lines=1-2", "bytes=x"})
  void whatIsNoSingleRangeGetsAll(String range) {
    HttpResponse<String> all = preview("Range", range);
    assertThat(all.statusCode()).isEqualTo(200);
    assertThat(all.body()).isEqualTo("A preview.");
    assertThat(all.headers().firstValue("Content-Length")).hasValue("10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=99-100", "bytes=-0"})
  void aRangeBehindTheEndIs416(String range) {
    HttpResponse<String> refused = preview("Range", range);
    assertThat(refused.statusCode()).isEqualTo(416);
    assertThat(refused.headers().firstValue("Content-Range")).hasValue("bytes */10");
    assertThat(refused.body()).contains("\"code\":\"range_not_satisfiable\"");
  }

  @Test
  void aPreviewThatTheCallerHasIsNotSentAgain() {
    HttpResponse<String> first = preview("Accept", "*/*");
    String etag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(etag).matches("\"[0-9a-f-]+-1\"");
    assertThat(first.headers().allValues("Last-Modified"))
        .containsExactly("Tue, 3 Feb 2026 04:05:06 GMT");
    for (String known : List.of(etag, "\"x\", W/" + etag, "*")) {
      HttpResponse<String> again = preview("If-None-Match", known, "Range", "bytes=0-1");
      assertThat(again.statusCode()).as(known).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(again.headers().firstValue("ETag")).hasValue(etag);
    }
    assertThat(preview("If-None-Match", "\"x\"").statusCode()).isEqualTo(200);
    assertThat(preview("If-Modified-Since", "Mon, 02 Feb 2026 00:00:00 GMT").statusCode())
        .isEqualTo(200);
    assertThat(preview("If-Range", etag, "Range", "bytes=0-1").statusCode()).isEqualTo(206);
    assertThat(preview("If-Range", "\"x\"", "Range", "bytes=0-1").body()).isEqualTo("A preview.");
  }

  @Test
  void theHeadOfAPreviewTellsItsSize() {
    HttpResponse<String> head =
        HTTP.send(HTTP.request("/previews/good").method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length")).hasValue("10");
    assertThat(head.headers().firstValue("Accept-Ranges")).hasValue("bytes");
    assertThat(head.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
  }

  @Test
  void aPreviewOfAPdfOpensInTheBrowsersViewer() {
    HttpResponse<String> preview = HTTP.get("/previews/pdf", null);
    assertThat(preview.headers().firstValue("Content-Type")).hasValue("application/pdf");
    assertThat(preview.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("inline;");
    assertThat(preview.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(preview.headers().firstValue("Content-Security-Policy").orElseThrow())
        .doesNotContain("sandbox")
        .startsWith("default-src 'none'; object-src 'self';")
        .contains("frame-ancestors 'self' http://localhost:3000");
  }
}
