package io.parley.adapter.ai.splitting;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.DocumentSplitter;
import dev.langchain4j.data.document.splitter.DocumentSplitters;
import dev.langchain4j.data.segment.TextSegment;
import io.parley.domain.document.TextSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Cuts running text where LangChain4j's recursive splitter would: between paragraphs, else lines,
 * sentences, words, characters. That splitter gives strings and rearranges white space; without
 * overlap its strings hold every other character once and in order, so counting those tells where
 * each string stands in the source.
 */
final class ProseCutter {
  /**
   * Longer text is handed over in parts, because the splitter's cost grows faster than its input.
   */
  private static final int WINDOW = 32_768;

  /**
   * A run without any space that is longer is not prose, and the search for sentences in it costs
   * the square of its length: such text is cut at spaces where it has some, and anywhere else.
   */
  private static final int LONGEST_RUN = 1_000;

  private static final int KEPT_SPLITTERS = 32;

  private final Map<Integer, DocumentSplitter> splitters = new ConcurrentHashMap<>();

  /**
   * Consecutive spans that cover the words of {@code start..end}, trimmed, each at most {@code
   * limit} units.
   *
   * @param limit at least 2
   */
  List<TextSpan> cut(String text, int start, int end, int limit) {
    List<TextSpan> pieces = new ArrayList<>();
    for (int from = start; from < end; ) {
      int to = windowEnd(text, from, end);
      cutWindow(text, from, to, limit, pieces);
      from = to;
    }
    return pieces;
  }

  private static int windowEnd(String text, int start, int end) {
    if (end - start <= WINDOW) {
      return end;
    }
    int middle = start + WINDOW / 2;
    for (int at = start + WINDOW; at > middle; at--) {
      if (Spaces.isSpace(text.charAt(at - 1))) {
        return at;
      }
    }
    return Spaces.outsidePairs(text, start + WINDOW);
  }

  private void cutWindow(String text, int start, int end, int limit, List<TextSpan> pieces) {
    if (longestRun(text, start, end) > LONGEST_RUN) {
      addWithin(text, start, end, limit, pieces);
      return;
    }
    String tidy = tidied(text, start, end);
    if (tidy.isEmpty()) {
      return;
    }
    int from = start;
    int read = start;
    for (TextSegment segment : splitter(limit - 1).split(Document.from(tidy))) {
      read = skip(text, read, end, lettersOf(segment.text()));
      int to = Spaces.outsidePairs(text, read);
      addWithin(text, from, to, limit, pieces);
      from = to;
    }
    addWithin(text, from, end, limit, pieces);
  }

  private static int longestRun(String text, int start, int end) {
    int longest = 0;
    int run = 0;
    for (int i = start; i < end; i++) {
      run = Spaces.isSpace(text.charAt(i)) ? 0 : run + 1;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  private DocumentSplitter splitter(int limit) {
    if (splitters.size() > KEPT_SPLITTERS) {
      splitters.clear();
    }
    return splitters.computeIfAbsent(limit, size -> DocumentSplitters.recursive(size, 0));
  }

  /** The words with one blank, line end or empty line between them, whatever stood there before. */
  private static String tidied(String text, int start, int end) {
    StringBuilder tidy = new StringBuilder(end - start);
    int lines = 0;
    boolean gap = false;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (Spaces.isSpace(c)) {
        gap = true;
        lines += c == '\n' ? 1 : 0;
        continue;
      }
      if (gap && !tidy.isEmpty()) {
        tidy.append(lines > 1 ? "\n\n" : lines == 1 ? "\n" : " ");
      }
      gap = false;
      lines = 0;
      tidy.append(c);
    }
    return tidy.toString();
  }

  private static int lettersOf(String segment) {
    int letters = 0;
    for (int i = 0; i < segment.length(); i++) {
      letters += Spaces.isSpace(segment.charAt(i)) ? 0 : 1;
    }
    return letters;
  }

  /** Where the text stands after that many characters that are not space. */
  private static int skip(String text, int start, int end, int letters) {
    int at = start;
    for (int left = letters; left > 0 && at < end; at++) {
      left -= Spaces.isSpace(text.charAt(at)) ? 0 : 1;
    }
    return at;
  }

  /** A span that is longer than its words, for the space between them, is cut once more. */
  private static void addWithin(String text, int start, int end, int limit, List<TextSpan> pieces) {
    TextSpan rest = Spaces.trimmed(text, start, end);
    while (rest != null) {
      int to = rest.length() <= limit ? rest.end() : lastBreak(text, rest.start(), limit);
      TextSpan piece = Spaces.trimmed(text, rest.start(), to);
      if (piece != null) {
        pieces.add(piece);
      }
      rest = Spaces.trimmed(text, to, end);
    }
  }

  private static int lastBreak(String text, int start, int limit) {
    for (int at = start + limit; at > start; at--) {
      if (Spaces.isSpace(text.charAt(at))) {
        return at;
      }
    }
    return Spaces.outsidePairs(text, start + limit);
  }
}
