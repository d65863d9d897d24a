package io.parley.adapter.web.request;

import io.github.bucket4j.ConsumptionProbe;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.parley.adapter.web.WebConfig;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** So many requests a minute for each user, and for each address that nobody has signed in from. */
@Singleton
public final class RequestRates {
  private final @Nullable RateLimits limits;

  RequestRates(WebConfig config) {
    int perMinute = config.limits().requestsPerMinute();
    this.limits = perMinute == 0 ? null : new RateLimits(perMinute);
  }

  /** Counts a request, or ends it with 429. What its answer says of it, in headers. */
  Map<String, String> admit(HttpRequest<?> request) {
    Optional<Authentication> who = request.getUserPrincipal(Authentication.class);
    return take(who.map(w -> "user " + w.getName()).orElseGet(() -> address(request)));
  }

  /** Counts a request that brought a bad token for its address, or ends it with 429. */
  public void admitRejected(HttpRequest<?> request) {
    take(address(request));
  }

  private Map<String, String> take(String caller) {
    if (limits == null) {
      return Map.of();
    }
    ConsumptionProbe probe = limits.take(caller);
    Map<String, String> headers = headers(limits, probe);
    if (!probe.isConsumed()) {
      throw refusal(limits, probe, headers);
    }
    return headers;
  }

  private static ProblemException refusal(
      RateLimits limits, ConsumptionProbe probe, Map<String, String> headers) {
    Problem refusal =
        RateLimits.refusal(
            probe, "More than " + limits.perMinute() + " requests in a minute. Wait a little.");
    Map<String, String> all = new HashMap<>(headers);
    all.putAll(refusal.headers());
    return new Problem(refusal.kind(), refusal.detail(), List.of(), all).asException();
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

  private static String address(HttpRequest<?> request) {
    return "address " + RateLimitFilter.address(request);
  }
}
