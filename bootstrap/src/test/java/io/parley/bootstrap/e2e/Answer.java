package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the server answered. */
record Answer(int status, HttpHeaders headers, byte[] bytes) {

  String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The body, after seeing that the status is as expected. */
  Json json(int expected) {
    assertThat(status).as(text()).isEqualTo(expected);
    return Json.of(bytes);
  }

  /** The sentence of a problem document, after seeing that it is a whole one. */
  String problem(int expected) {
    Json problem = json(expected);
    assertThat(header("Content-Type")).startsWith("application/problem+json");
    assertThat(problem.names())
        .contains("type", "title", "status", "detail", "instance", "code", "request_id");
    assertThat(problem.number("status")).isEqualTo(expected);
    String detail = problem.text("detail");
    assertThat(detail).matches("(?s)\\S.{10,}[.?!}]").doesNotContain("Exception", "io.parley");
    return detail;
  }

  @Nullable String header(String name) {
    return headers.firstValue(name).orElse(null);
  }
}
