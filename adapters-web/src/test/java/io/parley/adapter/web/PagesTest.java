package io.parley.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.adapter.web.health.ReadinessProbe;
import io.parley.adapter.web.json.JsonReader;
import io.parley.domain.document.SourceId;
import io.parley.domain.port.PortFailure;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

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
    assertThat(schemas.get("Bot").toString()).contains("welcome_message", "owner_id", "created_at");
    ((Map<?, ?>) description.get("paths"))
        .forEach((path, methods) ->
            ((Map<?, ?>) methods)
                .forEach((method, o) -> describes(path + " " + method, (Map<?, ?>) o)));
  }

  private static void describes(String where, Map<?, ?> operation) {
    assertThat(operation.containsKey("summary")).as(where).isTrue();
    Map<?, ?> responses = (Map<?, ?>) operation.get("responses");
    assertThat(responses.keySet().stream().filter(s -> s.toString().startsWith("2")))
        .as(where)
        .hasSize(1);
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
    SourceId source = FakeParley.PREVIEWED.ref().source();
    PARLEY.documents.erased.add(source);
    try {
      assertThat(HTTP.get("/previews/good", null).statusCode()).isEqualTo(404);
    } finally {
      PARLEY.documents.erased.remove(source);
    }
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
