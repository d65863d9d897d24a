package io.parley.testkit.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/** The paper, margins and fonts of one sample PDF; lengths in points. */
record PageLayout(
    PDRectangle paper,
    float margin,
    float size,
    PDFont regular,
    PDFont bold,
    boolean sectionStartsPage) {

  static PageLayout named(String name, PDDocument document) throws IOException {
    return switch (name) {
      case "A5 serif" ->
          new PageLayout(
              PDRectangle.A5,
              46,
              11,
              standard(FontName.TIMES_ROMAN),
              standard(FontName.TIMES_BOLD),
              true);
      case "A4 serif" ->
          new PageLayout(
              PDRectangle.A4,
              72,
              11.5f,
              standard(FontName.TIMES_ROMAN),
              standard(FontName.TIMES_BOLD),
              false);
      case "A4 sans" ->
          new PageLayout(
              PDRectangle.A4,
              68,
              10.5f,
              standard(FontName.HELVETICA),
              standard(FontName.HELVETICA_BOLD),
              false);
      case "A4 embedded" -> embedded(document);
      default -> throw new IllegalArgumentException("no layout is called " + name);
    };
  }

  float leading() {
    return size * 1.35f;
  }

  float width() {
    return paper.getWidth() - 2 * margin;
  }

  static float widthOf(String text, PDFont font, float size) {
    try {
      return font.getStringWidth(text) / 1000 * size;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PDFont standard(FontName name) {
    return new PDType1Font(name);
  }

  /**
   * Liberation Sans (SIL Open Font Licence) travels inside PDFBox; unlike the standard fonts it has
   * the fi ligature.
   */
  private static PageLayout embedded(PDDocument document) throws IOException {
    try (var ttf =
        PDDocument.class.getResourceAsStream(
            "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf")) {
      var font = PDType0Font.load(document, Objects.requireNonNull(ttf), true);
      return new PageLayout(PDRectangle.A4, 72, 10.5f, font, font, false);
    }
  }
}
