package io.parley.adapter.web.problem;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.json.JsonMapper;
import io.parley.adapter.web.request.RequestIds;
import io.parley.adapter.web.request.SecurityHeaders;
import io.parley.application.conversation.ConversationBusy;
import io.parley.application.validation.InvalidInput;
import io.parley.domain.port.PortFailure;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever was thrown into a problem, and a problem into a response. The only such place. */
@Singleton
public final class Problems {
  /** The media type of problem documents. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private final JsonMapper json;

  Problems(JsonMapper json) {
    this.json = json;
  }

  /** What an exception means to a caller. Anything unexpected is logged, without its text. */
  public Problem problem(HttpRequest<?> request, Throwable thrown) {
    return switch (thrown) {
      case ProblemException expected -> expected.problem();
      case InvalidInput invalid -> invalid(invalid);
      case ConversationBusy busy ->
          Problem.of(ProblemKind.CONFLICT, String.valueOf(busy.getMessage()));
      case PortFailure failure -> portFailure(request, failure);
      default -> FrameworkErrors.problem(thrown).orElseGet(() -> unexpected(request, thrown));
    };
  }

  private static Problem invalid(InvalidInput invalid) {
    return Problem.invalid(
        invalid.fields().stream().map(f -> new FieldError(f.name(), f.detail())).toList());
  }

  private static Problem portFailure(HttpRequest<?> request, PortFailure failure) {
    LOG.warn(
        "{} {}: {} ({})",
        RequestIds.of(request),
        failure.backend(),
        failure.sentence(),
        failure.kind());
    return PortFailures.problem(failure);
  }

  private static Problem unexpected(HttpRequest<?> request, Throwable thrown) {
    LOG.error("{} failed", RequestIds.of(request), new WithoutWords(thrown));
    return FrameworkErrors.ofStatus(500);
  }

  /** The response to a request that ends in a problem. */
  public MutableHttpResponse<byte[]> response(HttpRequest<?> request, Problem problem) {
    MutableHttpResponse<byte[]> response =
        HttpResponse.<byte[]>status(problem.kind().status(), problem.kind().code())
            .contentType(MEDIA_TYPE)
            .body(document(request, problem));
    problem.headers().forEach(response.getHeaders()::set);
    RequestIds.tell(request, response);
    SecurityHeaders.tell(request, response);
    return response;
  }

  /** The problem document, in JSON. */
  public byte[] document(HttpRequest<?> request, Problem problem) {
    try {
      return json.writeValueAsBytes(
          ProblemDocument.of(problem, request.getPath(), RequestIds.of(request)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An exception's kind and stack; its message may hold what no log may hold. */
  private static final class WithoutWords extends Exception {
    private static final long serialVersionUID = 1L;

    WithoutWords(Throwable thrown) {
      super(thrown.getClass().getName(), cause(thrown));
      setStackTrace(thrown.getStackTrace());
    }

    private static @Nullable Throwable cause(Throwable thrown) {
      Throwable cause = thrown.getCause();
      return cause == null ? null : new WithoutWords(cause);
    }
  }
}
