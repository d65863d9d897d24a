package io.parley.adapter.web.problem;

import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.exceptions.BufferLengthExceededException;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.http.server.exceptions.NotAllowedException;
import io.micronaut.json.JsonSyntaxException;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the framework's own exceptions mean, in our words. Their texts are never passed on. */
final class FrameworkErrors {
  private FrameworkErrors() {}

  /** Empty for what the framework did not mean to throw. */
  static Optional<Problem> problem(Throwable thrown) {
    return switch (thrown) {
      case AuthorizationException denied -> Optional.of(denied(denied));
      case NotAllowedException wrong -> Optional.of(notAllowed(wrong));
      case HttpStatusException status -> Optional.of(ofStatus(status.getStatus().getCode()));
      case ContentLengthExceededException _, BufferLengthExceededException _ ->
          Optional.of(ofStatus(413));
      case URISyntaxException _,
          UnsatisfiedRouteException _,
          ConversionErrorException _,
          JsonSyntaxException _ ->
          Optional.of(ofStatus(400));
      default -> Optional.empty();
    };
  }

  private static Problem denied(AuthorizationException denied) {
    if (denied.isForbidden()) {
      return Problem.of(ProblemKind.FORBIDDEN, "Your account may not do this.");
    }
    return Problem.unauthorized(
        "Sign in first: send \"Authorization: Bearer\" with a valid access token.", false);
  }

  private static Problem notAllowed(NotAllowedException wrong) {
    String allowed =
        wrong.getAllowedMethods().stream()
            .sorted()
            .distinct()
            .reduce((a, b) -> a + ", " + b)
            .orElse("");
    return new Problem(
        ProblemKind.METHOD_NOT_ALLOWED,
        "This address does not answer that method. It answers: " + allowed + ".",
        List.of(),
        Map.of("Allow", allowed.isEmpty() ? HttpMethod.OPTIONS.name() : allowed));
  }

  /** A problem for a bare status. */
  static Problem ofStatus(int status) {
    return switch (status) {
      case 401 -> Problem.unauthorized("Sign in first.", false);
      case 403 -> Problem.of(ProblemKind.FORBIDDEN, "Your account may not do this.");
      case 404 ->
          Problem.of(
              ProblemKind.NOT_FOUND,
              "There is nothing at this address. See /docs for what there is.");
      case 405 ->
          Problem.of(ProblemKind.METHOD_NOT_ALLOWED, "This address does not answer that method.");
      case 406 ->
          Problem.of(
              ProblemKind.NOT_ACCEPTABLE,
              "This address cannot answer in a type that the Accept header allows. Ask for"
                  + " application/json.");
      case 408 -> Problem.of(ProblemKind.TIMED_OUT, "The request took too long to arrive.");
      case 413 ->
          Problem.of(ProblemKind.TOO_LARGE, "The request is larger than this address accepts.");
      case 414 -> Problem.of(ProblemKind.URI_TOO_LONG, "The address is too long.");
      case 415 ->
          Problem.of(
              ProblemKind.UNSUPPORTED_MEDIA_TYPE,
              "This address does not read that content type. See /docs for what it reads.");
      case 422 -> Problem.of(ProblemKind.INVALID, "The request is not acceptable.");
      case 429 -> Problem.later(ProblemKind.RATE_LIMITED, "Too many requests. Wait a while.");
      case 431 -> Problem.of(ProblemKind.HEADER_TOO_LARGE, "The request's headers are too large.");
      case 503 ->
          Problem.later(ProblemKind.UNAVAILABLE, "The server cannot take this request now.");
      default ->
          status < 500
              ? Problem.of(ProblemKind.MALFORMED, "The request is not well-formed HTTP or JSON.")
              : Problem.of(
                  ProblemKind.INTERNAL,
                  "Something went wrong on the server. Try again; if it stays, report the"
                      + " request_id.");
    };
  }
}
