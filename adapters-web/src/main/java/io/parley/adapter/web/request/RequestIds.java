package io.parley.adapter.web.request;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import java.util.UUID;
import java.util.regex.Pattern;

/** The id that a request is known by: the caller's own where it is sane. */
public final class RequestIds {
  /** The header in which it comes and goes. */
  public static final String HEADER = "X-Request-Id";

  private static final String ATTRIBUTE = "parley.request-id";
  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  private RequestIds() {}

  /** The request's id, chosen at the first call. */
  public static String of(HttpRequest<?> request) {
    return request
        .getAttribute(ATTRIBUTE, String.class)
        .orElseGet(() -> {
          String id = choose(request);
          request.setAttribute(ATTRIBUTE, id);
          return id;
        });
  }

  private static String choose(HttpRequest<?> request) {
    String given = request.getHeaders().get(HEADER);
    return given != null && SANE.matcher(given).matches() ? given : UUID.randomUUID().toString();
  }

  /** Puts the id into the response. */
  public static void tell(HttpRequest<?> request, MutableHttpResponse<?> response) {
    response.getHeaders().set(HEADER, of(request));
  }
}
