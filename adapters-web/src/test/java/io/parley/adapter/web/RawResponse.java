package io.parley.adapter.web;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** An answer as bytes, read like one of the JDK's. */
record RawResponse(String text) implements HttpResponse<String> {
  @Override
  public int statusCode() {
    return Integer.parseInt(text.substring(9, 12));
  }

  @Override
  public HttpRequest request() {
    throw new AssertionError("A raw answer has no request.");
  }

  @Override
  public Optional<HttpResponse<String>> previousResponse() {
    return Optional.empty();
  }

  @Override
  public HttpHeaders headers() {
    Map<String, List<String>> headers = new HashMap<>();
    for (String line : text.substring(0, text.indexOf("\r\n\r\n")).split("\r\n")) {
      int colon = line.indexOf(": ");
      if (colon > 0) {
        headers
            .computeIfAbsent(line.substring(0, colon), _ -> new ArrayList<>())
            .add(line.substring(colon + 2));
      }
    }
    return HttpHeaders.of(headers, (_, _) -> true);
  }

  @Override
  public String body() {
    return text.substring(text.indexOf("\r\n\r\n") + 4);
  }

  @Override
  public Optional<SSLSession> sslSession() {
    return Optional.empty();
  }

  @Override
  public URI uri() {
    return URI.create("/");
  }

  @Override
  public HttpClient.Version version() {
    return HttpClient.Version.HTTP_1_1;
  }
}
