package io.parley.adapter.web.request;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Map;

/** Counts what callers ask, and tells them. */
@ServerFilter("/**")
@Order(FilterOrder.RATE)
final class RateLimitFilter {
  private static final String HEADERS = "parley.rate";

  private final RequestRates rates;

  RateLimitFilter(RequestRates rates) {
    this.rates = rates;
  }

  @RequestFilter
  void admit(HttpRequest<?> request) {
    if (!request.getPath().startsWith("/health")) {
      request.setAttribute(HEADERS, rates.admit(request));
    }
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
