package io.parley.adapter.web.problem;

import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Replaces the framework's error bodies, which carry exceptions' texts. */
@Singleton
@Primary
final class ProblemErrorProcessor implements ErrorResponseProcessor<byte[]> {
  private final Problems problems;

  ProblemErrorProcessor(Problems problems) {
    this.problems = problems;
  }

  @Override
  public MutableHttpResponse<byte[]> processResponse(
      ErrorContext context, MutableHttpResponse<?> base) {
    HttpRequest<?> request = context.getRequest();
    Problem problem =
        context
            .getRootCause()
            .map(cause -> problems.problem(request, cause))
            .orElseGet(() -> FrameworkErrors.ofStatus(status(request, base.code())));
    return problems.response(request, problem);
  }

  private static int status(HttpRequest<?> request, int status) {
    return switch (decoderFailure(request)) {
      case TooLongHttpLineException _ -> 414;
      case TooLongHttpHeaderException _ -> 431;
      case null, default -> status;
    };
  }

  private static @Nullable Throwable decoderFailure(HttpRequest<?> request) {
    return request instanceof NettyHttpRequest<?> netty
        ? netty.getNativeRequest().decoderResult().cause()
        : null;
  }
}
