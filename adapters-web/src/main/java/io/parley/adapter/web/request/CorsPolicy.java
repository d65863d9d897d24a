package io.parley.adapter.web.request;

import io.parley.adapter.web.WebConfig;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which origins' pages may call: exactly those listed, or the subdomains of a listed pattern. */
@Singleton
public final class CorsPolicy {
  private static final Pattern LABELS = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*");

  private final Set<String> exact;
  private final List<Subdomains> patterns;

  CorsPolicy(WebConfig config) {
    List<String> origins = config.origins().stream().map(CorsPolicy::origin).toList();
    exact = origins.stream().filter(o -> !o.contains("*")).collect(Collectors.toUnmodifiableSet());
    patterns = origins.stream().filter(o -> o.contains("*")).map(Subdomains::of).toList();
  }

  /** All that is let in, in the words of a Content-Security-Policy. */
  public List<String> sources() {
    return java.util.stream.Stream.concat(
            exact.stream().sorted(), patterns.stream().map(p -> p.scheme() + "*" + p.suffix()))
        .toList();
  }

  boolean allows(@Nullable String origin) {
    if (origin == null || origin.length() > 300) {
      return false;
    }
    String lower = origin.toLowerCase(Locale.ROOT);
    return exact.contains(lower) || patterns.stream().anyMatch(p -> p.matches(lower));
  }

  /**
   * An origin, or a pattern of them, as it is compared.
   *
   * @throws IllegalArgumentException with a sentence for people that names the setting
   */
  public static String origin(String given) {
    String origin = given.strip().toLowerCase(Locale.ROOT);
    try {
      URI uri = new URI(origin.replace("://*.", "://"));
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean bare = uri.getRawPath().isEmpty() && uri.getRawQuery() == null;
      if (web && bare && uri.getHost() != null && uri.getRawUserInfo() == null) {
        return origin;
      }
    } catch (URISyntaxException e) {
      throw refused(origin, e);
    }
    throw refused(origin, null);
  }

  private static IllegalArgumentException refused(String origin, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "CORS_ORIGINS holds \""
            + origin
            + "\". Write origins such as https://app.example.com or https://*.example.app.",
        cause);
  }

  private record Subdomains(String scheme, String suffix) {
    static Subdomains of(String pattern) {
      int star = pattern.indexOf('*');
      return new Subdomains(pattern.substring(0, star), pattern.substring(star + 1));
    }

    boolean matches(String origin) {
      int end = origin.length() - suffix.length();
      return end > scheme.length()
          && origin.startsWith(scheme)
          && origin.endsWith(suffix)
          && LABELS.matcher(origin.substring(scheme.length(), end)).matches();
    }
  }
}
