package io.parley.adapter.web.request;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import org.jspecify.annotations.Nullable;

/** Lets the pages of listed origins call, and says nothing to those of others. */
@ServerFilter("/**")
@Order(FilterOrder.CORS)
final class CorsFilter {
  private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
  private static final String ACCEPTED =
      "Authorization, Content-Type, Accept, Idempotency-Key, X-Request-Id, Last-Event-ID";
  private static final String EXPOSED =
      "X-Request-Id, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset,"
          + " Erasure-Id, Idempotent-Replayed";

  private final CorsPolicy policy;

  CorsFilter(CorsPolicy policy) {
    this.policy = policy;
  }

  @RequestFilter
  @Nullable HttpResponse<?> preflight(HttpRequest<?> request) {
    if (request.getMethod() != HttpMethod.OPTIONS) {
      return null;
    }
    MutableHttpResponse<?> response = HttpResponse.noContent();
    MutableHttpHeaders headers = response.getHeaders();
    headers.set("Allow", METHODS);
    if (asked(request) && policy.allows(origin(request))) {
      headers.set("Access-Control-Allow-Methods", METHODS);
      headers.set("Access-Control-Allow-Headers", ACCEPTED);
      headers.set("Access-Control-Max-Age", "600");
    }
    answer(request, response);
    return response;
  }

  @ResponseFilter
  void answer(HttpRequest<?> request, MutableHttpResponse<?> response) {
    MutableHttpHeaders headers = response.getHeaders();
    headers.add("Vary", "Origin");
    String origin = origin(request);
    if (origin != null && policy.allows(origin)) {
      headers.set("Access-Control-Allow-Origin", origin);
      headers.set("Access-Control-Allow-Credentials", "true");
      headers.set("Access-Control-Expose-Headers", EXPOSED);
    }
  }

  private static boolean asked(HttpRequest<?> request) {
    return request.getHeaders().contains("Access-Control-Request-Method");
  }

  private static @Nullable String origin(HttpRequest<?> request) {
    return request.getHeaders().get("Origin");
  }
}
