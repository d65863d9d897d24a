package io.parley.adapter.ai.extraction.worker;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The name that a header gives to an attachment. */
final class MimeFileName {

  private static final Pattern NAME =
      Pattern.compile(
          "(?i)(?:^|;)\\s*(?:file)?name(\\*)?=\\s*(?:\"([^\"]{1,500})\"|([^;\\s]{1,500}))");
  private static final Pattern ENCODED = Pattern.compile("(?i)utf-8'[^']*'(.*)");

  private MimeFileName() {}

  static @Nullable String of(String header) {
    Matcher name = NAME.matcher(header);
    if (!name.find()) {
      return null;
    }
    String value = name.group(2) != null ? name.group(2) : name.group(3);
    Matcher encoded = ENCODED.matcher(value);
    if (name.group(1) != null && encoded.matches()) {
      value = decoded(encoded.group(1));
    }
    String words = EmlMessages.words(value);
    return words.isEmpty() ? null : words;
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }
}
