package io.parley.adapter.web.problem;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One thing that went wrong, before it is written.
 *
 * @param detail a sentence that a person can act on
 * @param errors field by field, empty when no field is to blame
 * @param headers what the response says beside the document
 */
public record Problem(
    ProblemKind kind, String detail, List<FieldError> errors, Map<String, String> headers) {
  /** How long a caller should wait when nobody knows better. */
  private static final Duration SOON = Duration.ofSeconds(5);

  public Problem {
    errors = List.copyOf(errors);
    headers = Map.copyOf(headers);
  }

  public static Problem of(ProblemKind kind, String detail) {
    return new Problem(kind, detail, List.of(), Map.of());
  }

  /** Unknown, malformed, or somebody else's: never says which. */
  public static Problem notFound(String what) {
    return of(
        ProblemKind.NOT_FOUND,
        "There is no such " + what + ". Check the id, and who is signed in.");
  }

  /** Understood, but one field is not acceptable. */
  public static Problem invalid(String field, String detail) {
    return invalid(List.of(new FieldError(field, detail)));
  }

  /** Understood, but these fields are not acceptable. */
  public static Problem invalid(List<FieldError> errors) {
    String first = errors.getFirst().detail();
    String more = errors.size() == 1 ? "" : " More fields are wrong: see errors.";
    return new Problem(ProblemKind.INVALID, first + more, errors, Map.of());
  }

  /** No credential, or one that is not good. */
  public static Problem unauthorized(String detail, boolean given) {
    String challenge = given ? "Bearer error=\"invalid_token\"" : "Bearer";
    return new Problem(
        ProblemKind.UNAUTHORIZED, detail, List.of(), Map.of("WWW-Authenticate", challenge));
  }

  /** To be tried again after a while. */
  public static Problem later(ProblemKind kind, String detail, Duration wait) {
    long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
    return new Problem(kind, detail, List.of(), Map.of("Retry-After", Long.toString(seconds)));
  }

  /** To be tried again soon. */
  public static Problem later(ProblemKind kind, String detail) {
    return later(kind, detail, SOON);
  }

  /** As something to throw. */
  public ProblemException asException() {
    return new ProblemException(this);
  }
}
