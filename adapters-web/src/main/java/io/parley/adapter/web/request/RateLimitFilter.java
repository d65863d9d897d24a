package io.parley.adapter.web.request;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/** Counts what callers ask, and tells them. */
@ServerFilter("/**")
@Order(FilterOrder.RATE)
final class RateLimitFilter {
  private static final String HEADERS = "parley.rate";

  private final RequestRates rates;
  private final ExecutorService blocking;

  RateLimitFilter(RequestRates rates, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.rates = rates;
    this.blocking = blocking;
  }

  @RequestFilter
  CompletionStage<HttpRequest<?>> admit(HttpRequest<?> request) {
    if (request.getPath().startsWith("/health")) {
      return CompletableFuture.completedFuture(request);
    }
    return rates.waits()
        ? CompletableFuture.supplyAsync(() -> counted(request), blocking)
        : CompletableFuture.completedFuture(counted(request));
  }

  private HttpRequest<?> counted(HttpRequest<?> request) {
    request.setAttribute(HEADERS, rates.admit(request));
    return request;
  }

  @ResponseFilter
  @SuppressWarnings("unchecked") // as it was put there above
  void tell(HttpRequest<?> request, MutableHttpResponse<?> response) {
    request
        .getAttribute(HEADERS, Map.class)
        .ifPresent(headers -> ((Map<String, String>) headers).forEach(response.getHeaders()::set));
  }

  static String address(HttpRequest<?> request) {
    var address = request.getRemoteAddress().getAddress();
    return address == null ? "unknown" : address.getHostAddress();
  }
}
