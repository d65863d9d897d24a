package io.parley.adapter.ai.splitting;

import io.parley.domain.document.TextSpan;
import org.jspecify.annotations.Nullable;

/** What counts as nothing between words: every kind of white space, and control characters. */
final class Spaces {
  private Spaces() {}

  static boolean isSpace(char c) {
    return c <= ' '
        || Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.isISOControl(c);
  }

  /** The span without space at its ends; null when it is all space. */
  static @Nullable TextSpan trimmed(String text, int start, int end) {
    int from = start;
    int to = end;
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return from == to ? null : new TextSpan(from, to);
  }

  /** The nearest position at or before {@code at} that is not within a surrogate pair. */
  static int outsidePairs(String text, int at) {
    boolean within =
        at > 0
            && at < text.length()
            && Character.isLowSurrogate(text.charAt(at))
            && Character.isHighSurrogate(text.charAt(at - 1));
    return within ? at - 1 : at;
  }
}
