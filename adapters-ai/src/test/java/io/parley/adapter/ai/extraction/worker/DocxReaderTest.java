package io.parley.adapter.ai.extraction.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.document.ContentType;
import io.parley.domain.document.PageText.Block.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

final class DocxReaderTest {

  private static final String SPACE =
      " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

  @Test
  void asked_and_laid_out_breaks_give_the_pages() throws IOException {
    Reading reading =
        Reading.ofWord(
            p("one")
                + "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"
                + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>two</w:t></w:r></w:p><w:p><w:r><w:t>begins"
                + " on two, </w:t><w:lastRenderedPageBreak/><w:t>ends on"
                + " three</w:t></w:r></w:p><w:p><w:pPr><w:sectPr><w:type"
                + " w:val=\"nextPage\"/></w:sectPr></w:pPr></w:p>"
                + "<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t>four</w:t></w:r></w:p>"
                + "<w:sectPr/>");

    assertThat(reading.texts())
        .containsExactly("one", "two\n\nbegins on two,", "ends on three", "four");
  }

  @Test
  void a_table_that_crosses_a_page_is_cut_between_rows() throws IOException {
    Reading reading =
        Reading.ofWord(
            "<w:tbl>"
                + row(p("a"), p("b"))
                + row("<w:p><w:r><w:lastRenderedPageBreak/><w:t>c</w:t></w:r></w:p>", p("d"))
                + "</w:tbl>");

    assertThat(reading.texts()).containsExactly("a | b", "c | d");
    assertThat(reading.blocks(Kind.TABLE)).hasSize(2);
  }

  @Test
  void headings_and_lists_come_from_styles_and_notes_follow_their_paragraph() throws IOException {
    String styles =
        "<w:styles"
            + SPACE
            + ">"
            + "<w:style w:styleId=\"H\"><w:name w:val=\"heading 2\"/></w:style>"
            + "<w:style w:styleId=\"Mine\"><w:basedOn w:val=\"H\"/></w:style></w:styles>";
    String notes =
        "<w:footnotes"
            + SPACE
            + "><w:footnote w:id=\"2\">"
            + p("the note")
            + "</w:footnote></w:footnotes>";
    String core = "<c xmlns:dc=\"x\"><dc:title>The title</dc:title></c>";
    byte[] file =
        Reading.word(
            "<w:p><w:pPr><w:pStyle w:val=\"Mine\"/></w:pPr><w:r><w:t>Head</w:t></w:r></w:p>"
                + "<w:p><w:r><w:t>Words</w:t><w:footnoteReference w:id=\"2\"/></w:r></w:p>"
                + item(0, "one")
                + item(1, "two"),
            Map.of(
                "word/styles.xml", styles, "word/footnotes.xml", notes, "docProps/core.xml", core));

    Reading reading = Reading.of(ContentType.DOCX, file);

    assertThat(reading.title()).isEqualTo("The title");
    assertThat(reading.blocks(Kind.HEADING)).containsExactly("Head");
    assertThat(reading.blocks(Kind.PARAGRAPH)).containsExactly("Words", "the note");
    assertThat(reading.blocks(Kind.LIST)).containsExactly("- one\n  - two");
  }

  @Test
  void deleted_and_hidden_words_are_not_read_but_text_boxes_are() throws IOException {
    Reading reading =
        Reading.ofWord(
            "<w:p><w:r><w:t>kept"
                + " </w:t></w:r><w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>"
                + "<w:ins><w:r><w:t>inserted</w:t></w:r></w:ins>"
                + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
                + "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>"
                + p("boxed")
                + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
                + p("twice")
                + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>");

    assertThat(reading.texts()).containsExactly("boxed\n\nkept inserted");
  }

  @Test
  void a_bomb_of_entities_is_refused() {
    String bomb =
        "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><w:document"
            + SPACE
            + "><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>";

    assertProblem(
        Problem.FOREIGN_XML, () -> Reading.of(ContentType.DOCX, Reading.zip(bomb, Map.of())));
  }

  @Test
  void a_zip_bomb_is_refused() {
    assertProblem(
        Problem.TOO_LARGE_UNPACKED,
        () -> Reading.of(ContentType.DOCX, bomb(Map.of("word/document.xml", 300))));
  }

  @Test
  void a_zip_bomb_of_modest_parts_is_refused() {
    assertProblem(
        Problem.TOO_LARGE_UNPACKED,
        () ->
            Reading.of(
                ContentType.DOCX, bomb(Map.of("word/document.xml", 150, "word/styles.xml", 150))));
  }

  @Test
  void tables_in_tables_without_end_are_refused() {
    assertProblem(Problem.TOO_DEEP, () -> Reading.ofWord("<w:tbl><w:tr><w:tc>".repeat(20_000)));
  }

  @Test
  void a_protected_document_is_told_from_a_broken_one() {
    byte[] container = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0};

    assertProblem(Problem.ENCRYPTED_OFFICE, () -> Reading.of(ContentType.DOCX, container));
  }

  @Test
  void a_truncated_document_is_broken() throws IOException {
    byte[] whole = Reading.word(p("words"), Map.of());

    assertThatThrownBy(() -> Reading.of(ContentType.DOCX, Arrays.copyOf(whole, whole.length - 30)))
        .isInstanceOf(IOException.class);
  }

  private static void assertProblem(Problem problem, Attempt attempt) {
    assertThatThrownBy(attempt::run)
        .isInstanceOfSatisfying(
            UnreadableException.class, e -> assertThat(e.problem()).isEqualTo(problem));
  }

  /** Parts of so many megabytes of white space, in a file of less than one. */
  private static byte[] bomb(Map<String, Integer> parts) throws IOException {
    byte[] megabyte = " ".repeat(1024 * 1024).getBytes(UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, Integer> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write("<a>".getBytes(UTF_8));
        for (int i = 0; i < part.getValue(); i++) {
          zip.write(megabyte);
        }
        zip.write("</a>".getBytes(UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static String p(String text) {
    return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>";
  }

  private static String item(int level, String text) {
    return "<w:p><w:pPr><w:numPr><w:ilvl w:val=\""
        + level
        + "\"/></w:numPr></w:pPr><w:r><w:t>"
        + text
        + "</w:t></w:r></w:p>";
  }

  private static String row(String... cells) {
    return "<w:tr><w:tc>" + String.join("</w:tc><w:tc>", cells) + "</w:tc></w:tr>";
  }

  private interface Attempt {
    void run() throws IOException;
  }
}
