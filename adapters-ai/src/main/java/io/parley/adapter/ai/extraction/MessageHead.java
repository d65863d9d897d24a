package io.parley.adapter.ai.extraction;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells e-mails by their headers: those that only programs write, or a name that says so. */
final class MessageHead {

  private static final Pattern HEADER = Pattern.compile("([A-Za-z][A-Za-z0-9-]{0,75}):.*");
  private static final Set<String> BY_PROGRAMS =
      Set.of("message-id", "received", "mime-version", "return-path", "dkim-signature");
  private static final Set<String> BY_PEOPLE = Set.of("from", "to", "subject", "date");
  private static final int MAX_LINES = 2_000;

  private MessageHead() {}

  static boolean is(byte[] head, String name) {
    if (head.length < 2 || !isLetter(head[0])) {
      return false;
    }
    Set<String> found = headers(new String(head, StandardCharsets.ISO_8859_1));
    boolean program = found.stream().anyMatch(BY_PROGRAMS::contains);
    long people = found.stream().filter(BY_PEOPLE::contains).count();
    return (program || name.endsWith(".eml")) && people >= 2;
  }

  private static boolean isLetter(byte b) {
    return (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
  }

  /** The names above the first empty line; none when a line there is no header. */
  private static Set<String> headers(String text) {
    Set<String> names = new HashSet<>();
    int lines = 0;
    for (int at = 0; at < text.length() && lines < MAX_LINES; lines++) {
      int end = text.indexOf('\n', at);
      String line = text.substring(at, end < 0 ? text.length() : end).stripTrailing();
      if (line.isEmpty()) {
        return names;
      }
      Matcher header = HEADER.matcher(line);
      if (header.matches()) {
        names.add(header.group(1).toLowerCase(Locale.ROOT));
      } else if (lines == 0 || (!Character.isWhitespace(line.charAt(0)) && end >= 0)) {
        return Set.of();
      }
      at = end < 0 ? text.length() : end + 1;
    }
    return names;
  }
}
