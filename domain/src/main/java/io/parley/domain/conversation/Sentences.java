package io.parley.domain.conversation;

import io.parley.domain.document.TextSpan;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts text into sentences, lines of tables and items of lists: the smallest things that are
 * quoted.
 */
public final class Sentences {

  private Sentences() {}

  /** The sentences in their order, without white space at their ends, none empty. */
  public static List<TextSpan> of(String text) {
    List<TextSpan> sentences = new ArrayList<>();
    int start = 0;
    for (int end : lineEnds(text)) {
      addSentences(text, start, end, sentences);
      start = end;
    }
    return sentences;
  }

  /**
   * Ends of stretches that no sentence crosses: paragraphs, the lines of tables and lists, and the
   * full stops of Urdu and Hindi, which the JDK does not know.
   */
  private static List<Integer> lineEnds(String text) {
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i + 1 < text.length(); i++) {
      char c = text.charAt(i);
      if ((c == '\n' && startsAnew(text, i + 1)) || c == '\u06D4' || c == '\u0964') {
        ends.add(i + 1);
      }
    }
    ends.add(text.length());
    return ends;
  }

  private static boolean startsAnew(String text, int at) {
    int lineEnd = text.indexOf('\n', at);
    String line = text.substring(at, lineEnd < 0 ? text.length() : lineEnd).strip();
    return line.isEmpty()
        || line.contains(" | ")
        || line.matches("(?s)([-*•‣▪–]|\\(?\\d{1,3}[.)])\\s.*");
  }

  private static void addSentences(String text, int from, int to, List<TextSpan> sentences) {
    String part = text.substring(from, to);
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
    breaks.setText(part);
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      if (end < part.length() && endsInAbbreviation(part, start, end)) {
        continue;
      }
      addStripped(part, start, end, from, sentences);
      start = end;
    }
    addStripped(part, start, part.length(), from, sentences);
  }

  private static boolean endsInAbbreviation(String part, int start, int end) {
    String sentence = part.substring(start, end).stripTrailing();
    int word = sentence.lastIndexOf(' ') + 1;
    return sentence
        .substring(word)
        .matches(
            "(?i)\\(?(dr|mr|mrs|ms|prof|st|no|nr|art|sec|fig|vol|pp?|e\\.g|i\\.e|cf|ca|approx|ext|[a-z])\\.");
  }

  private static void addStripped(
      String part, int start, int end, int shift, List<TextSpan> sentences) {
    int from = start;
    int to = end;
    while (from < to && Character.isWhitespace(part.charAt(from))) {
      from++;
    }
    while (to > from && Character.isWhitespace(part.charAt(to - 1))) {
      to--;
    }
    if (from < to) {
      sentences.add(new TextSpan(from + shift, to + shift));
    }
  }
}
