package io.parley.adapter.ai.extraction.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.document.ContentType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.util.Matrix;
import org.junit.jupiter.api.Test;

/** Pages are printed as programs print them: glyph by glyph in the order in which they are seen. */
final class RightToLeftTest {

  private static final String FONT = "/net/sf/jasperreports/fonts/dejavu/DejaVuSans.ttf";

  @Test
  void hebrew_with_numbers_and_latin_words_is_read_from_the_right() throws IOException {
    assertThat(read("(Kestrel) ףיצרל 12,500 םלוש")).isEqualTo("שולם 12,500 לרציף (Kestrel)");
  }

  @Test
  void printed_forms_of_arabic_become_letters() throws IOException {
    assertThat(read("\uFEE1\uFEFC\uFEB3")).isEqualTo("سلام");
    assertThat(read("2026 Java \uFEE2\uFEE0\uFECC\uFE97")).isEqualTo("تعلم Java 2026");
  }

  @Test
  void urdu_is_read_from_the_right() throws IOException {
    assertThat(read("مچرپ اک ناتسکاپ")).isEqualTo("پاکستان کا پرچم");
  }

  @Test
  void words_of_another_script_in_a_latin_line_are_turned_where_they_stand() throws IOException {
    assertThat(read("The word תבש םולש means a greeting."))
        .isEqualTo("The word שלום שבת means a greeting.");
  }

  @Test
  void the_order_in_which_a_file_writes_the_glyphs_does_not_count() throws IOException {
    List<String> printed = glyphs("ףיצרל 12,500 םלוש");
    List<Placed> placed = placed(printed, font(new PDDocument()));

    String reading =
        Reading.of(ContentType.PDF, pdf(List.of(placed.reversed()))).texts().getFirst();

    assertThat(reading).isEqualTo("שולם 12,500 לרציף");
  }

  @Test
  void a_line_of_latin_words_on_a_right_to_left_page_belongs_to_it() throws IOException {
    String page =
        read(
            "םינותחתה םיפיצרה לע תובר תורוש הנה",
            "םינותחתה םיפיצרה לע תובר תורוש הנה",
            "Kestrel Quay Harbour םש");

    assertThat(page).endsWith("שם Kestrel Quay Harbour");
  }

  private static String read(String... lines) throws IOException {
    try (PDDocument document = new PDDocument()) {
      PDFont font = font(document);
      List<List<Placed>> all = new ArrayList<>();
      for (String line : lines) {
        all.add(placed(glyphs(line), font));
      }
      return Reading.of(ContentType.PDF, pdf(all)).texts().getFirst();
    }
  }

  /** A glyph and how far from the left it stands. */
  private record Placed(String glyph, float x) {}

  private static List<String> glyphs(String line) {
    return line.codePoints().mapToObj(Character::toString).toList();
  }

  private static List<Placed> placed(List<String> glyphs, PDFont font) throws IOException {
    List<Placed> placed = new ArrayList<>();
    float x = 72;
    for (String glyph : glyphs) {
      placed.add(new Placed(glyph, x));
      x += font.getStringWidth(glyph) / 1000 * 12;
    }
    return placed;
  }

  private static byte[] pdf(List<List<Placed>> lines) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage();
      document.addPage(page);
      PDFont font = font(document);
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.beginText();
        content.setFont(font, 12);
        for (int i = 0; i < lines.size(); i++) {
          for (Placed glyph : lines.get(i)) {
            content.setTextMatrix(Matrix.getTranslateInstance(glyph.x(), 700 - 15 * i));
            content.showText(glyph.glyph());
          }
        }
        content.endText();
      }
      document.save(bytes);
    }
    return bytes.toByteArray();
  }

  private static PDFont font(PDDocument document) throws IOException {
    try (InputStream font =
        Objects.requireNonNull(RightToLeftTest.class.getResourceAsStream(FONT), FONT)) {
      return PDType0Font.load(document, font);
    }
  }
}
