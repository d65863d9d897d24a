package io.parley.adapter.web.request;

import io.micronaut.http.HttpRequest;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemException;
import io.parley.adapter.web.problem.ProblemKind;
import java.util.Optional;

/** The {@code Idempotency-Key} of a request, and what is said of those that cannot be used. */
final class IdempotencyKey {
  private static final String HEADER = "Idempotency-Key";
  private static final int LONGEST = 255;

  private IdempotencyKey() {}

  /** The key; ends the request when it is not a good one. */
  static Optional<String> key(HttpRequest<?> request) {
    String key = request.getHeaders().get(HEADER);
    if (key == null || key.isBlank()) {
      return Optional.empty();
    }
    if (key.length() > LONGEST || key.chars().anyMatch(c -> c < 0x21 || c > 0x7E)) {
      throw Problem.invalid(
              HEADER, "Idempotency-Key may have at most 255 visible ASCII characters.")
          .asException();
    }
    return Optional.of(key);
  }

  /** What a request is sent to, and as what. */
  static String target(HttpRequest<?> request) {
    String path = request.getPath().replaceAll("/+$", "");
    String type = request.getContentType().map(t -> t.getName()).orElse("");
    return request.getMethod().name() + "\n" + path + "\n" + type + "\n";
  }

  static ProblemException running() {
    return Problem.of(
            ProblemKind.CONFLICT,
            "The first request under this Idempotency-Key is still running. Try again shortly.")
        .asException();
  }

  static ProblemException mismatch() {
    return Problem.invalid(
            HEADER, "Another request has used this Idempotency-Key. Choose a new one.")
        .asException();
  }
}
