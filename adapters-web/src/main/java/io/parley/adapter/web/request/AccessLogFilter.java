package io.parley.adapter.web.request;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.json.JsonMapper;
import io.micronaut.security.authentication.Authentication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outermost filter: the request's id, the headers every answer has, and one line of JSON in the
 * log {@code parley.access}. The line holds no address, header or content that a caller chose.
 */
@ServerFilter("/**")
@Order(FilterOrder.LOG)
final class AccessLogFilter {
  private static final Logger LOG = LoggerFactory.getLogger("parley.access");
  private static final String START = "parley.start";

  private final JsonMapper json;

  AccessLogFilter(JsonMapper json) {
    this.json = json;
  }

  @RequestFilter
  void begin(HttpRequest<?> request) {
    request.setAttribute(START, System.nanoTime());
    RequestIds.of(request);
  }

  @ResponseFilter
  void end(HttpRequest<?> request, MutableHttpResponse<?> response) {
    RequestIds.tell(request, response);
    SecurityHeaders.tell(request, response);
    if (LOG.isInfoEnabled()) {
      LOG.info(line(request, response.code()));
    }
  }

  private String line(HttpRequest<?> request, int status) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("method", request.getMethod().name());
    line.put("route", route(request));
    line.put("status", status);
    line.put("ms", millisSince(request));
    line.put("request_id", RequestIds.of(request));
    request
        .getUserPrincipal(Authentication.class)
        .ifPresent(who -> line.put("user_id", who.getName()));
    try {
      return new String(json.writeValueAsBytes(line), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String route(HttpRequest<?> request) {
    return BasicHttpAttributes.getUriTemplate(request).orElse("-");
  }

  private static long millisSince(HttpRequest<?> request) {
    long start = request.getAttribute(START, Long.class).orElseGet(System::nanoTime);
    return (System.nanoTime() - start) / 1_000_000;
  }
}
