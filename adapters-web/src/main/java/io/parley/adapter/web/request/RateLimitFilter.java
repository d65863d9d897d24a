package io.parley.adapter.web.request;

import io.github.bucket4j.ConsumptionProbe;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.security.authentication.Authentication;
import io.parley.adapter.web.WebConfig;
import io.parley.adapter.web.problem.Problem;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** So many requests a minute for each user, and for each address that nobody has signed in from. */
@ServerFilter("/**")
@Order(FilterOrder.RATE)
final class RateLimitFilter {
  private static final String PROBE = "parley.rate";

  private final @Nullable RateLimits limits;

  RateLimitFilter(WebConfig config) {
    int perMinute = config.limits().requestsPerMinute();
    this.limits = perMinute == 0 ? null : new RateLimits(perMinute);
  }

  @RequestFilter
  void admit(HttpRequest<?> request) {
    if (limits == null || request.getPath().startsWith("/health")) {
      return;
    }
    ConsumptionProbe probe = limits.take(caller(request));
    request.setAttribute(PROBE, probe);
    if (!probe.isConsumed()) {
      Problem refusal =
          RateLimits.refusal(
              probe, "More than " + limits.perMinute() + " requests in a minute. Wait a little.");
      Map<String, String> headers = new HashMap<>(headers(limits, probe));
      headers.putAll(refusal.headers());
      throw new Problem(refusal.kind(), refusal.detail(), List.of(), headers).asException();
    }
  }

  @ResponseFilter
  void tell(HttpRequest<?> request, MutableHttpResponse<?> response) {
    ConsumptionProbe probe = request.getAttribute(PROBE, ConsumptionProbe.class).orElse(null);
    if (limits == null || probe == null) {
      return;
    }
    headers(limits, probe).forEach(response.getHeaders()::set);
  }

  private static Map<String, String> headers(RateLimits limits, ConsumptionProbe probe) {
    return Map.of(
        "RateLimit-Limit", Integer.toString(limits.perMinute()),
        "RateLimit-Remaining", Long.toString(probe.getRemainingTokens()),
        "RateLimit-Reset", Long.toString(seconds(probe.getNanosToWaitForReset())));
  }

  private static long seconds(long nanos) {
    return Duration.ofNanos(nanos).plusMillis(999).toSeconds();
  }

  private static String caller(HttpRequest<?> request) {
    return request
        .getUserPrincipal(Authentication.class)
        .map(who -> "user " + who.getName())
        .orElseGet(() -> "address " + address(request));
  }

  static String address(HttpRequest<?> request) {
    var address = request.getRemoteAddress().getAddress();
    return address == null ? "unknown" : address.getHostAddress();
  }
}
