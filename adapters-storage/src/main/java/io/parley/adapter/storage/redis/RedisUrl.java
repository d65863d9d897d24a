package io.parley.adapter.storage.redis;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code REDIS_URL} says: {@code redis://} or, with TLS, {@code rediss://}, with user and
 * password percent-encoded where needed.
 *
 * @param user empty for Redis's standard user
 * @param password absent where Redis asks for none
 * @param database the number of the database, 0 or more
 */
public record RedisUrl(
    boolean tls, String host, int port, String user, @Nullable Secret password, int database) {
  private static final int STANDARD_PORT = 6379;

  private static final Pattern FORM =
      Pattern.compile(
          "(?<scheme>rediss?)://"
              + "(?:(?<user>[^:@/?#]*)(?<password>:[^@/?#]*)?@)?"
              + "(?<host>\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+)"
              + "(?::(?<port>[0-9]{1,5}))?"
              + "(?:/(?<database>[0-9]{0,4}))?",
          Pattern.CASE_INSENSITIVE);

  /**
   * Reads the setting.
   *
   * @throws PortFailure of kind {@code INVALID_CONFIGURATION}, with a sentence that names the
   *     setting and never its value
   */
  public static RedisUrl parse(String url) {
    Matcher form = FORM.matcher(url.strip());
    if (!form.matches()) {
      throw invalid(
          "REDIS_URL must look like redis://user:password@host:6379/0, or rediss:// with TLS, with"
              + " special characters of user and password percent-encoded, and without parameters.");
    }
    String password = form.group("password");
    if (form.group("user") != null && password == null) {
      throw invalid("REDIS_URL has a user without a password: write :password@ for one alone.");
    }
    return new RedisUrl(
        form.group("scheme").equalsIgnoreCase("rediss"),
        form.group("host").replaceAll("[\\[\\]]", ""),
        port(form.group("port")),
        decode(Optional.ofNullable(form.group("user")).orElse("")),
        password == null || password.equals(":") ? null : new Secret(decode(password.substring(1))),
        database(form.group("database")));
  }

  private static int port(@Nullable String given) {
    int port = given == null ? STANDARD_PORT : Integer.parseInt(given);
    if (port < 1 || port > 65_535) {
      throw invalid("REDIS_URL names a port that there is not: 1 to 65535.");
    }
    return port;
  }

  private static int database(@Nullable String given) {
    return given == null || given.isEmpty() ? 0 : Integer.parseInt(given);
  }

  /** Where it is, in words for people, without credentials. */
  public String place() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid("REDIS_URL has a % that is not followed by two hexadecimal digits.");
    }
  }

  private static PortFailure invalid(String sentence) {
    return new PortFailure(
        PortFailure.Kind.INVALID_CONFIGURATION, RedisFailures.BACKEND, sentence, null);
  }
}
