package io.parley.adapter.web;

import io.parley.domain.port.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the server is reached, and what it lets through.
 *
 * @param host the address to listen on, such as {@code 127.0.0.1}
 * @param port 0–65535; 0 takes any free one
 * @param corsOrigins origins whose pages may call, such as {@code https://app.example.com} or
 *     {@code https://*.example.app}; when absent, those of {@link #LOCAL_ORIGINS} outside
 *     production, and none in production
 * @param publicUrl where callers reach the server, without a path; when absent, as the caller's
 *     {@code Host} header says
 * @param tokenKey what access tokens are signed with, at least 32 characters
 * @param tokenLifetime 1 minute to 1 hour
 */
public record WebConfig(
    String host,
    int port,
    Environment environment,
    @Nullable List<String> corsOrigins,
    @Nullable URI publicUrl,
    Secret tokenKey,
    Duration tokenLifetime,
    WebLimits limits) {

  /** Where pages under development are served from. */
  public static final List<String> LOCAL_ORIGINS =
      List.of(
          "http://localhost:3000",
          "http://localhost:5173",
          "http://localhost:5174",
          "http://localhost:8080");

  /** How long an access token is good by default. */
  public static final Duration TOKEN_LIFETIME = Duration.ofMinutes(20);

  /** What kind of installation this is. */
  public enum Environment {
    DEVELOPMENT,
    STAGING,
    PRODUCTION
  }

  public WebConfig {
    corsOrigins = corsOrigins == null ? null : List.copyOf(corsOrigins);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("API_PORT must be between 0 and 65535: " + port);
    }
    if (tokenKey.reveal().length() < 32) {
      throw new IllegalArgumentException("The key of access tokens needs at least 32 characters.");
    }
    if (tokenLifetime.compareTo(Duration.ofMinutes(1)) < 0
        || tokenLifetime.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("Access tokens live 1 minute to 1 hour.");
    }
  }

  /** A development server with everything else at its default. */
  public static WebConfig of(String host, int port, Secret tokenKey) {
    return new WebConfig(
        host,
        port,
        Environment.DEVELOPMENT,
        null,
        null,
        tokenKey,
        TOKEN_LIFETIME,
        WebLimits.DEFAULT);
  }

  /** The same with other limits. */
  public WebConfig withLimits(WebLimits other) {
    return new WebConfig(
        host, port, environment, corsOrigins, publicUrl, tokenKey, tokenLifetime, other);
  }

  /** The origins that are let in. */
  public List<String> origins() {
    if (corsOrigins != null) {
      return corsOrigins;
    }
    return environment == Environment.PRODUCTION ? List.of() : LOCAL_ORIGINS;
  }
}
