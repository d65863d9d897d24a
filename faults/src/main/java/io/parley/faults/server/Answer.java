package io.parley.faults.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;

/**
 * What a server said.
 *
 * @param type the media type, empty without a body
 * @param body empty when it is not JSON
 * @param retryAfter whether it says when to come back
 */
record Answer(int status, String type, JsonNode body, boolean retryAfter) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PROBLEM = "application/problem+json";

  static Answer of(HttpResponse<String> response) throws IOException {
    String type = response.headers().firstValue("Content-Type").orElse("");
    boolean json = type.contains("json") && !response.body().isEmpty();
    return new Answer(
        response.statusCode(),
        type,
        json ? JSON.readTree(response.body()) : JSON.createObjectNode(),
        response.headers().firstValue("Retry-After").isPresent());
  }

  boolean good() {
    return status >= 200 && status < 300;
  }

  /** A refusal in so many words: nothing was done. */
  boolean refused() {
    return status >= 400 && status < 500;
  }

  /** It cannot be done now, and the answer says why and when to come back. */
  boolean comeBackLater() {
    return (status == 503 || status == 507)
        && type.startsWith(PROBLEM)
        && retryAfter
        && !body.path("detail").asText().isBlank();
  }

  JsonNode required() throws IOException {
    if (!good()) {
      throw new IOException(toString());
    }
    return body;
  }
}
