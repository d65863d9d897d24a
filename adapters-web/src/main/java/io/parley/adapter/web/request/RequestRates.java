package io.parley.adapter.web.request;

import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.parley.adapter.web.WebConfig;
import io.parley.adapter.web.WebServices;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemException;
import io.parley.domain.port.storage.RateDecision.Admitted;
import io.parley.domain.port.storage.RateDecision.Refused;
import io.parley.domain.port.storage.RateLimit;
import io.parley.domain.port.storage.RateLimiter;
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
  private final RateLimiter limiter;
  private final @Nullable RateLimit limit;

  RequestRates(WebConfig config, WebServices services) {
    int perMinute = config.limits().requestsPerMinute();
    this.limiter = services.rateLimiter();
    this.limit = perMinute == 0 ? null : RateLimit.perMinute("requests", perMinute);
  }

  /** Whether counting waits for the network, and so must not be done on an event loop. */
  boolean waits() {
    return limit != null && limiter.shared();
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
    if (limit == null) {
      return Map.of();
    }
    return switch (limiter.take(limit, caller)) {
      case Admitted(long remaining, Duration untilFull) -> headers(limit, remaining, untilFull);
      case Refused refused -> throw refusal(limit, refused);
    };
  }

  private static ProblemException refusal(RateLimit limit, Refused refused) {
    Problem refusal =
        RateLimits.refusal(
            refused, "More than " + limit.tokens() + " requests in a minute. Wait a little.");
    Map<String, String> all = new HashMap<>(headers(limit, 0, refused.untilFull()));
    all.putAll(refusal.headers());
    return new Problem(refusal.kind(), refusal.detail(), List.of(), all).asException();
  }

  private static Map<String, String> headers(RateLimit limit, long remaining, Duration untilFull) {
    return Map.of(
        "RateLimit-Limit", Long.toString(limit.tokens()),
        "RateLimit-Remaining", Long.toString(remaining),
        "RateLimit-Reset", Long.toString(untilFull.plusMillis(999).toSeconds()));
  }

  private static String address(HttpRequest<?> request) {
    return "address " + RateLimitFilter.address(request);
  }
}
