package io.parley.adapter.ai.extraction.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageTree;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** Gathers the lines of each page with their places, in the order in which the file writes them. */
final class PdfPages extends PDFTextStripper {

  /** Width of a gap between cells, in font sizes. */
  private static final float GAP = 1.5f;

  private final Pages pages;
  private final PdfParagraphs paragraphs = new PdfParagraphs();
  private final List<PdfLine> lines = new ArrayList<>();
  private final List<TextPosition> glyphs = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private boolean row;
  private boolean rightToLeftPage;
  private int readable;
  private long written;

  PdfPages(Pages pages) {
    this.pages = pages;
    setStartPage(0);
    setSuppressDuplicateOverlappingText(true);
  }

  /** One damaged page leaves its place empty; a file of nothing but damaged pages is broken. */
  @Override
  protected void processPages(PDPageTree tree) throws IOException {
    for (PDPage page : tree) {
      try {
        if (page.hasContents()) {
          processPage(page);
        }
        readable++;
      } catch (IOException
          | IllegalArgumentException
          | ClassCastException
          | NullPointerException e) {
        lines.clear();
      }
      written = 0;
      endLine();
      PageBuilder built = new PageBuilder();
      paragraphs.write(lines, built);
      lines.clear();
      pages.give(built, null);
    }
    if (readable == 0) {
      throw new UnreadableException(Problem.BROKEN_PDF);
    }
  }

  @Override
  protected void processTextPosition(TextPosition position) {
    if (++written > Pages.MAX_PAGE) {
      throw new UnreadableException(Problem.TOO_MUCH_TEXT);
    }
    super.processTextPosition(position);
  }

  @Override
  protected void writePage() throws IOException {
    rightToLeftPage =
        PdfRightToLeft.isMostOf(charactersByArticle.stream().flatMap(List::stream).toList());
    super.writePage();
  }

  @Override
  protected void writeString(String words, List<TextPosition> positions) {
    if (isCell(positions)) {
      row = true;
      text.append("| ");
    }
    text.append(words);
    glyphs.addAll(positions);
  }

  /** Whether a gap precedes that is wider than any between the words of a sentence. */
  private boolean isCell(List<TextPosition> positions) {
    if (glyphs.isEmpty() || positions.isEmpty()) {
      return false;
    }
    TextPosition last = glyphs.getLast();
    TextPosition next = positions.getFirst();
    float gap = next.getXDirAdj() - last.getXDirAdj() - last.getWidthDirAdj();
    return gap > GAP * Math.max(next.getFontSizeInPt(), 1);
  }

  @Override
  protected void writeWordSeparator() {
    text.append(' ');
  }

  @Override
  protected void writeLineSeparator() {
    endLine();
  }

  @Override
  protected void writeParagraphEnd() {
    endLine();
  }

  @Override
  protected void writePageEnd() {
    endLine();
  }

  private void endLine() {
    if (!glyphs.isEmpty()) {
      if (PdfRightToLeft.isIn(glyphs)) {
        addRightToLeft();
      } else {
        add(text.toString(), row, false);
      }
    }
    text.setLength(0);
    glyphs.clear();
    row = false;
  }

  private void addRightToLeft() {
    boolean rightToLeft = rightToLeftPage || PdfRightToLeft.isMostOf(glyphs);
    PdfRightToLeft line = PdfRightToLeft.of(glyphs, GAP);
    add(line.text(rightToLeft), line.hasCells(), rightToLeft);
  }

  private void add(String raw, boolean cells, boolean rightToLeft) {
    String words = PlainText.collapse(PlainText.clean(raw));
    if (!words.isEmpty()) {
      lines.add(line(words, cells, rightToLeft));
    }
  }

  private PdfLine line(String words, boolean cells, boolean rightToLeft) {
    float left = Float.MAX_VALUE;
    float right = 0;
    float size = 0;
    boolean bold = true;
    for (TextPosition glyph : glyphs) {
      left = Math.min(left, glyph.getXDirAdj());
      right = Math.max(right, glyph.getXDirAdj() + glyph.getWidthDirAdj());
      size = Math.max(size, glyph.getFontSizeInPt());
      bold &= glyph.getUnicode().isBlank() || isBold(glyph.getFont());
    }
    float baseline = glyphs.getFirst().getYDirAdj();
    return rightToLeft
        ? new PdfLine(words, -right, -left, baseline, size, bold, cells)
        : new PdfLine(words, left, right, baseline, size, bold, cells);
  }

  private static boolean isBold(PDFont font) {
    String name = font.getName();
    return name != null && name.toLowerCase(Locale.ROOT).contains("bold");
  }
}
