package io.parley.adapter.ai.extraction.worker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.pdfbox.text.TextPosition;

/** A printed line that has right-to-left words, by the places of its glyphs. */
final class PdfRightToLeft {

  private static final float BLANK = 0.2f;

  private final List<String> units = new ArrayList<>();
  private boolean cells;

  private PdfRightToLeft() {}

  static boolean isIn(List<TextPosition> glyphs) {
    return glyphs.stream().anyMatch(g -> ReadingOrder.isRightToLeft(g.getUnicode()));
  }

  /** Whether at least half of the letters are right-to-left ones. */
  static boolean isMostOf(List<TextPosition> glyphs) {
    int balance = isIn(glyphs) ? 1 : 0;
    for (TextPosition glyph : glyphs) {
      balance += ReadingOrder.isRightToLeft(glyph.getUnicode()) ? 1 : 0;
      balance -= ReadingOrder.isLeftToRight(glyph.getUnicode()) ? 1 : 0;
    }
    return balance > 0;
  }

  /**
   * Sorts the glyphs from left to right, whatever the order in which the file writes them.
   *
   * @param gap width of a gap between cells, in font sizes
   */
  static PdfRightToLeft of(List<TextPosition> glyphs, float gap) {
    PdfRightToLeft line = new PdfRightToLeft();
    List<TextPosition> sorted = new ArrayList<>(glyphs);
    sorted.sort(Comparator.comparingDouble(TextPosition::getXDirAdj));
    TextPosition last = null;
    for (TextPosition glyph : sorted) {
      if (last != null) {
        line.addGap(glyph.getXDirAdj() - last.getXDirAdj() - last.getWidthDirAdj(), glyph, gap);
      }
      line.add(glyph.getUnicode());
      last = glyph;
    }
    return line;
  }

  private void addGap(float width, TextPosition next, float gap) {
    float size = Math.max(next.getFontSizeInPt(), 1);
    if (width > gap * size) {
      cells = true;
      units.addAll(List.of(" ", "|", " "));
    } else if (width > BLANK * size) {
      units.add(" ");
    }
  }

  /** A mark belongs to the letter that it stands on. */
  private void add(String unicode) {
    boolean mark =
        !unicode.isEmpty()
            && Character.getType(unicode.codePointAt(0)) == Character.NON_SPACING_MARK;
    if (mark && !units.isEmpty()) {
      units.add(units.removeLast() + unicode);
    } else {
      units.add(unicode);
    }
  }

  /** Whether wide gaps set cells apart. */
  boolean hasCells() {
    return cells;
  }

  String text(boolean rightToLeft) {
    return ReadingOrder.of(units, rightToLeft);
  }
}
