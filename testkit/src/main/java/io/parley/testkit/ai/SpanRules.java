package io.parley.testkit.ai;

import io.parley.domain.document.TextSpan;
import java.util.BitSet;
import java.util.List;

/** What spans must be, whatever the text. */
final class SpanRules {
  private SpanRules() {}

  /** Fails with a sentence that says what is wrong with which span. */
  static void check(String text, List<TextSpan> spans, int maxLength) {
    BitSet covered = new BitSet(text.length());
    int previous = -1;
    for (TextSpan span : spans) {
      require(span.end() <= text.length(), span, "is not within the text");
      require(span.length() <= maxLength, span, "is longer than " + maxLength);
      require(span.start() > previous, span, "is not after the one before it");
      String words = span.of(text);
      require(!words.isBlank(), span, "is blank");
      require(words.equals(words.strip()), span, "has white space at its ends");
      require(!withinPair(text, span.start()), span, "begins within a surrogate pair");
      require(!withinPair(text, span.end()), span, "ends within a surrogate pair");
      covered.set(span.start(), span.end());
      previous = span.start();
    }
    for (int i = covered.nextClearBit(0); i < text.length(); i = covered.nextClearBit(i + 1)) {
      if (!isSpace(text.charAt(i))) {
        throw new AssertionError("The word at " + i + " is in no span.");
      }
    }
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
  }

  private static boolean withinPair(String text, int at) {
    return at > 0
        && at < text.length()
        && Character.isHighSurrogate(text.charAt(at - 1))
        && Character.isLowSurrogate(text.charAt(at));
  }

  private static void require(boolean kept, TextSpan span, String wrong) {
    if (!kept) {
      throw new AssertionError("The span " + span + " " + wrong + ".");
    }
  }
}
