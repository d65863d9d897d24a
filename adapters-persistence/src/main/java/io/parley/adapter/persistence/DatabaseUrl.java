package io.parley.adapter.persistence;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Secret;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code DATABASE_URL} says: {@code postgres://}, {@code postgresql://}, {@code
 * postgresql+<driver>://} or {@code jdbc:postgresql://}, with user and password before the host or
 * among the parameters, percent-encoded where needed.
 *
 * @param jdbcUrl without credentials
 */
public record DatabaseUrl(String jdbcUrl, String user, Secret password) {

  private static final Pattern FORM =
      Pattern.compile(
          "(?:jdbc:postgresql|postgres(?:ql)?(?:\\+[a-z0-9_]+)?)://"
              + "(?:(?<credentials>[^@/?#]*)@)?"
              + "(?<hosts>(?:\\[[0-9a-fA-F:.]+]|[^/?#@\\[\\]])*)"
              + "(?:/(?<database>[^/?#]*))?"
              + "(?:\\?(?<parameters>[^#]*))?",
          Pattern.CASE_INSENSITIVE);

  /** Words of other drivers for what pgjdbc calls otherwise, or decides by itself. */
  private static final Map<String, String> RENAMED =
      Map.of("application_name", "ApplicationName", "connect_timeout", "connectTimeout", "ssl", "");

  /**
   * Reads the setting.
   *
   * @throws PortFailure of kind {@code INVALID_CONFIGURATION}, with a sentence that names the
   *     setting and never its value
   */
  public static DatabaseUrl parse(String url) {
    String text = url.strip();
    if (text.regionMatches(true, 0, "sqlite", 0, 6)) {
      throw invalid("DATABASE_URL names SQLite: unset it for the embedded database.");
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw invalid(
          "DATABASE_URL must look like postgresql://user:password@host:5432/database, with special"
              + " characters of user and password percent-encoded.");
    }
    return of(form);
  }

  private static DatabaseUrl of(Matcher form) {
    Map<String, String> parameters = parameters(orEmpty(form.group("parameters")));
    String[] credentials = orEmpty(form.group("credentials")).split(":", 2);
    String user = decode(credentials[0]);
    String password = credentials.length > 1 ? decode(credentials[1]) : "";
    String givenUser = parameters.remove("user");
    String givenPassword = parameters.remove("password");
    user = user.isEmpty() ? orEmpty(givenUser) : user;
    password = password.isEmpty() ? orEmpty(givenPassword) : password;
    String host = orEmpty(form.group("hosts"));
    String database = orEmpty(form.group("database"));
    if (user.isEmpty()) {
      throw invalid("DATABASE_URL names no user.");
    }
    if (database.isEmpty()) {
      throw invalid("DATABASE_URL names no database.");
    }
    String jdbc = "jdbc:postgresql://" + (host.isEmpty() ? "localhost" : host) + "/" + database;
    return new DatabaseUrl(jdbc + joined(parameters), user, new Secret(password));
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String part : query.split("&", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      String[] pair = part.split("=", 2);
      String name = RENAMED.getOrDefault(decode(pair[0]), decode(pair[0]));
      if (!name.isEmpty()) {
        parameters.put(name, pair.length > 1 ? decode(pair[1]) : "");
      } else if (pair.length > 1 && isTrue(pair[1])) {
        parameters.putIfAbsent("sslmode", "require");
      }
    }
    return parameters;
  }

  private static boolean isTrue(String value) {
    return value.equalsIgnoreCase("true") || value.equals("1");
  }

  private static String joined(Map<String, String> parameters) {
    return parameters.isEmpty()
        ? ""
        : parameters.entrySet().stream()
            .map(p -> encode(p.getKey()) + "=" + encode(p.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid("DATABASE_URL has a % that is not followed by two hexadecimal digits.");
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static PortFailure invalid(String sentence) {
    return new PortFailure(
        PortFailure.Kind.INVALID_CONFIGURATION, PostgresFailures.BACKEND, sentence, null);
  }
}
