package io.parley.adapter.web.upload;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Content-Disposition} of a part: its type, and parameters as tokens, as quoted strings,
 * or encoded (RFC 8187), which go before the others.
 *
 * <p>In a quoted string a backslash makes the quote or the backslash behind it part of the value.
 * Before anything else it stands for itself: some clients send whole paths of Windows.
 */
final class Disposition {
  private final String text;
  private final Map<String, String> parameters = new HashMap<>();
  private final Map<String, String> encoded = new HashMap<>();
  private int at;

  private Disposition(String text) {
    this.text = text;
  }

  /** Reads the value of the header; what is not well-formed in it is passed over. */
  static Disposition parse(String value) {
    Disposition disposition = new Disposition(value);
    disposition.parameters.put("", disposition.token().toLowerCase(Locale.ROOT));
    disposition.readParameters();
    return disposition;
  }

  boolean isFormData() {
    return "form-data".equals(parameters.get(""));
  }

  /** A parameter, decoded; absent when there is none. */
  @Nullable String parameter(String name) {
    String decoded = encoded.get(name);
    return decoded == null ? parameters.get(name) : decoded;
  }

  private void readParameters() {
    while (at < text.length()) {
      at++; // the semicolon
      String name = token().toLowerCase(Locale.ROOT);
      String value = "";
      if (at < text.length() && text.charAt(at) == '=') {
        at++;
        value = value();
      }
      keep(name, value);
    }
  }

  private void keep(String name, String value) {
    if (name.endsWith("*")) {
      decode(value).ifPresent(v -> encoded.put(name.substring(0, name.length() - 1), v));
    } else if (!name.isEmpty()) {
      parameters.put(name, value);
    }
  }

  private String token() {
    int from = at;
    while (at < text.length() && text.charAt(at) != ';' && text.charAt(at) != '=') {
      at++;
    }
    return text.substring(from, at).strip();
  }

  private String value() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    String value = at < text.length() && text.charAt(at) == '"' ? quoted() : unquoted();
    while (at < text.length() && text.charAt(at) != ';') {
      at++;
    }
    return value;
  }

  private String unquoted() {
    int from = at;
    while (at < text.length() && text.charAt(at) != ';') {
      at++;
    }
    return text.substring(from, at).strip();
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length() && isEscapable(text.charAt(at + 1))) {
        at++;
      }
      value.append(text.charAt(at++));
    }
    at++;
    return value.toString();
  }

  private static boolean isEscapable(char c) {
    return c == '"' || c == '\\';
  }

  /** {@code charset'language'percent-encoded}. */
  private static Optional<String> decode(String value) {
    String[] parts = value.split("'", 3);
    if (parts.length < 3) {
      return Optional.empty();
    }
    return charset(parts[0]).flatMap(charset -> percentDecoded(parts[2], charset));
  }

  private static Optional<Charset> charset(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "UTF-8" -> Optional.of(StandardCharsets.UTF_8);
      case "ISO-8859-1" -> Optional.of(StandardCharsets.ISO_8859_1);
      default -> Optional.empty();
    };
  }

  private static Optional<String> percentDecoded(String text, Charset charset) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        bytes.writeBytes(String.valueOf(c).getBytes(charset));
        continue;
      }
      int high = i + 2 <= text.length() - 1 ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = i + 2 <= text.length() - 1 ? Character.digit(text.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      bytes.write(high * 16 + low);
      i += 2;
    }
    return Optional.of(bytes.toString(charset));
  }
}
