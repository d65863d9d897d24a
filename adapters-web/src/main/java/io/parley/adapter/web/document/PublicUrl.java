package io.parley.adapter.web.document;

import io.micronaut.http.HttpRequest;
import io.parley.adapter.web.WebConfig;
import jakarta.inject.Singleton;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Makes addresses on this server into whole ones. */
@Singleton
public final class PublicUrl {
  private static final java.util.regex.Pattern HOST =
      java.util.regex.Pattern.compile(
          "[A-Za-z0-9.-]+(:[0-9]{1,5})?|\\[[0-9a-fA-F:]+](:[0-9]{1,5})?");

  private final @Nullable URI configured;

  PublicUrl(WebConfig config) {
    this.configured = config.publicUrl();
  }

  /** The address as a caller of this request can open it. */
  public String of(HttpRequest<?> request, URI uri) {
    if (uri.isAbsolute()) {
      return uri.toString();
    }
    String path = uri.toString();
    return base(request) + (path.startsWith("/") ? path : "/" + path);
  }

  private String base(HttpRequest<?> request) {
    if (configured != null) {
      return configured.toString().replaceAll("/+$", "");
    }
    String host = request.getHeaders().get("Host");
    String scheme = request.isSecure() ? "https://" : "http://";
    return host != null && HOST.matcher(host).matches() ? scheme + host : "";
  }
}
