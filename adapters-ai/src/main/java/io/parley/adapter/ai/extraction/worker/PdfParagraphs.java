package io.parley.adapter.ai.extraction.worker;

import io.parley.domain.document.PageText.Block.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Joins printed lines to paragraphs by their gaps, indents and sizes. Inside a paragraph a full
 * line is joined to the next by a space, a short one (of an address, a list, a table) by a line
 * end; a word that was divided at a line's end is put together again.
 */
final class PdfParagraphs {

  private static final int MAX_HEADING = 200;
  private static final float LARGER = 1.12f;
  private static final float FULL = 0.8f;
  private static final float ROW_STEP = 2.5f;
  private static final Pattern ITEM =
      Pattern.compile("([-*•‣◦▪–·]|\\(?\\d{1,3}[.)]|\\(?[a-z][.)])\\s+\\S.*");

  /** Characters seen in each font size, in half points, over all pages so far. */
  private final Map<Integer, Long> sizes = new HashMap<>();

  void write(List<PdfLine> lines, PageBuilder page) {
    for (PdfLine line : lines) {
      sizes.merge(halfPoints(line), (long) line.text().length(), Long::sum);
    }
    int body = bodySize();
    List<PdfLine> paragraph = new ArrayList<>();
    for (PdfLine line : lines) {
      if (!paragraph.isEmpty() && isApart(paragraph, line)) {
        end(paragraph, body, page);
      }
      paragraph.add(line);
    }
    end(paragraph, body, page);
  }

  private int bodySize() {
    return sizes.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(0);
  }

  private static int halfPoints(PdfLine line) {
    return Math.round(line.size() * 2);
  }

  private static boolean isApart(List<PdfLine> paragraph, PdfLine line) {
    PdfLine last = paragraph.getLast();
    float step = line.baseline() - last.baseline();
    if (line.row() && last.row()) {
      return step <= 0 || step > line.size() * ROW_STEP;
    }
    if (line.row() != last.row() && (paragraph.size() > 1 || line.row())) {
      return true;
    }
    if (Math.abs(halfPoints(line) - halfPoints(last)) > 1 || line.bold() != last.bold()) {
      return true;
    }
    if (step < 0 || step > usualStep(paragraph) * 1.35f) {
      return true;
    }
    boolean indented = line.left() - last.left() > line.size() * 0.8f;
    boolean ended = last.text().matches(".*[.!?:;…»”\"']");
    boolean itemBefore = ITEM.matcher(paragraph.getFirst().text()).matches();
    return indented && ended && !itemBefore && last.width() > 0;
  }

  /** The distance of the paragraph's first two lines, or what a single one suggests. */
  private static float usualStep(List<PdfLine> paragraph) {
    PdfLine first = paragraph.getFirst();
    float guess = Math.max(first.size(), 1) * 1.3f;
    if (paragraph.size() == 1) {
      return guess;
    }
    return Math.max(paragraph.get(1).baseline() - first.baseline(), first.size() * 0.9f);
  }

  private static void end(List<PdfLine> paragraph, int body, PageBuilder page) {
    if (!paragraph.isEmpty()) {
      String text = join(paragraph);
      page.add(kind(paragraph, text, body), text);
    }
    paragraph.clear();
  }

  private static Kind kind(List<PdfLine> paragraph, String text, int body) {
    PdfLine first = paragraph.getFirst();
    if (paragraph.size() > 1 && paragraph.stream().allMatch(PdfLine::row)) {
      return Kind.TABLE;
    }
    boolean large = halfPoints(first) > body * LARGER;
    boolean boldAlone =
        first.bold()
            && paragraph.size() == 1
            && halfPoints(first) >= body
            && !text.matches(".*[.,;:]");
    if (text.length() <= MAX_HEADING && paragraph.size() <= 3 && (large || boldAlone)) {
      return Kind.HEADING;
    }
    long items = paragraph.stream().filter(l -> ITEM.matcher(l.text()).matches()).count();
    return items > 1 && ITEM.matcher(first.text()).matches() ? Kind.LIST : Kind.PARAGRAPH;
  }

  private static String join(List<PdfLine> paragraph) {
    float right = (float) paragraph.stream().mapToDouble(PdfLine::right).max().orElse(0);
    float left = (float) paragraph.stream().mapToDouble(PdfLine::left).min().orElse(0);
    StringBuilder text = new StringBuilder(paragraph.getFirst().text());
    for (int i = 1; i < paragraph.size(); i++) {
      PdfLine next = paragraph.get(i);
      PdfLine last = paragraph.get(i - 1);
      boolean full = !next.row() && !last.row() && last.right() - left >= (right - left) * FULL;
      if (full && isDivided(text, next.text())) {
        text.setLength(text.length() - 1);
      } else {
        text.append(full && !ITEM.matcher(next.text()).matches() ? ' ' : '\n');
      }
      text.append(next.text());
    }
    return text.toString();
  }

  /** Whether the text ends in a hyphen that only divides; one inside a compound stays. */
  private static boolean isDivided(CharSequence text, String next) {
    int end = text.length() - 1;
    if (end < 2 || (text.charAt(end) != '-' && text.charAt(end) != '\u2010')) {
      return false;
    }
    int word = end;
    while (word > 0 && Character.isLetter(text.charAt(word - 1))) {
      word--;
    }
    boolean compound = word > 0 && text.charAt(word - 1) == '-';
    return word < end && !compound && Character.isLowerCase(next.charAt(0));
  }
}
