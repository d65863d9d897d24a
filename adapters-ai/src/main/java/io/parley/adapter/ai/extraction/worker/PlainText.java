package io.parley.adapter.ai.extraction.worker;

import java.text.Normalizer;

/** The few changes that every text goes through, whatever file it comes from. */
final class PlainText {

  private static final char SOFT_HYPHEN = '\u00AD';
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private PlainText() {}

  /**
   * Line ends become {@code \n}, no-break spaces plain ones, Latin ligatures their letters, lone
   * surrogates U+FFFD; control characters other than tab, soft hyphens and byte order marks go; the
   * rest is composed (NFC) and otherwise kept.
   */
  static String clean(String raw) {
    StringBuilder clean = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '\r') {
        clean.append('\n');
        i += i + 1 < raw.length() && raw.charAt(i + 1) == '\n' ? 1 : 0;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < raw.length()
          && Character.isLowSurrogate(raw.charAt(i + 1))) {
        clean.append(c).append(raw.charAt(++i));
      } else {
        append(clean, c);
      }
    }
    return Normalizer.normalize(clean, Normalizer.Form.NFC);
  }

  private static void append(StringBuilder clean, char c) {
    switch (c) {
      case '\n', '\t' -> clean.append(c);
      case '\u000B', '\f', '\u0085', '\u2028', '\u2029' -> clean.append('\n');
      case '\u00A0', '\u202F', '\u2007' -> clean.append(' ');
      case SOFT_HYPHEN, BYTE_ORDER_MARK -> {}
      case '\uFB00' -> clean.append("ff");
      case '\uFB01' -> clean.append("fi");
      case '\uFB02' -> clean.append("fl");
      case '\uFB03' -> clean.append("ffi");
      case '\uFB04' -> clean.append("ffl");
      case '\uFB05', '\uFB06' -> clean.append("st");
      default -> {
        if (Character.isSurrogate(c)) {
          clean.append('\uFFFD');
        } else if (!Character.isISOControl(c)) {
          clean.append(c);
        }
      }
    }
  }

  /** The text on one line, with single spaces between its words. */
  static String collapse(CharSequence raw) {
    StringBuilder collapsed = new StringBuilder(raw.length());
    boolean gap = false;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (Character.isWhitespace(c) || c == '\u00A0') {
        gap = true;
        continue;
      }
      if (gap && !collapsed.isEmpty()) {
        collapsed.append(' ');
      }
      gap = false;
      collapsed.append(c);
    }
    return collapsed.toString();
  }

  /** As {@link #collapse}, line by line; empty lines go. */
  static String collapseLines(CharSequence raw) {
    StringBuilder lines = new StringBuilder(raw.length());
    for (String line : raw.toString().split("\n", -1)) {
      String collapsed = collapse(line);
      if (!collapsed.isEmpty()) {
        lines.append(lines.isEmpty() ? "" : "\n").append(collapsed);
      }
    }
    return lines.toString();
  }

  /** Whether the text holds neither NUL, nor carriage returns, nor lone surrogates. */
  static boolean isClean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || c == '\r' || Character.isLowSurrogate(c)) {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        i++;
        if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
          return false;
        }
      }
    }
    return true;
  }
}
