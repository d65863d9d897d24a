package io.parley.adapter.web.request;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.MutableHttpResponse;

/** What tells browsers to do nothing clever with an answer. */
public final class SecurityHeaders {
  /** Nothing may be loaded, run or framed. */
  private static final String CLOSED =
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  private SecurityHeaders() {}

  /** Sets what the response does not say itself. */
  public static void tell(HttpRequest<?> request, MutableHttpResponse<?> response) {
    MutableHttpHeaders headers = response.getHeaders();
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    if (!headers.contains("Content-Security-Policy")) {
      headers.set("Content-Security-Policy", CLOSED);
      headers.set("X-Frame-Options", "DENY");
    }
    if (!headers.contains("Cache-Control")) {
      headers.set("Cache-Control", "no-store");
    }
    if (request.isSecure()) {
      headers.set("Strict-Transport-Security", "max-age=31536000");
    }
  }
}
