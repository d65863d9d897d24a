package io.parley.adapter.ai.extraction.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.document.ContentType;
import io.parley.domain.document.PageText.Block.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.junit.jupiter.api.Test;

final class PdfReaderTest {

  @Test
  void lines_become_paragraphs_and_divided_words_whole() throws IOException {
    Reading reading =
        Reading.of(
            ContentType.PDF,
            pdf(
                "",
                List.of(
                    "This is the first line of a paragraph and it is con-",
                    "tinued on the second line, which is as long as that.",
                    "Short end.",
                    "",
                    "Another paragraph.")));

    assertThat(reading.texts())
        .containsExactly(
            "This is the first line of a paragraph and it is continued on the second line, which is"
                + " as long as that. Short end.\n\nAnother paragraph.");
    assertThat(reading.blocks(Kind.PARAGRAPH)).hasSize(2);
  }

  @Test
  void empty_pages_keep_their_number() throws IOException {
    Reading reading =
        Reading.of(ContentType.PDF, pdf("", List.of("one"), List.of(), List.of("three")));

    assertThat(reading.texts()).containsExactly("one", "", "three");
  }

  @Test
  void a_password_is_told_and_an_empty_one_opens() throws IOException {
    byte[] locked = pdf("secret", List.of("one"));
    byte[] restricted = pdf("\0", List.of("one"));

    assertThatThrownBy(() -> Reading.of(ContentType.PDF, locked))
        .isInstanceOfSatisfying(
            UnreadableException.class,
            e -> assertThat(e.problem()).isEqualTo(Problem.ENCRYPTED_PDF));
    assertThat(Reading.of(ContentType.PDF, restricted).texts()).containsExactly("one");
  }

  @Test
  void a_page_tree_that_contains_itself_ends() {
    String file =
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            + "2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>endobj\n"
            + "trailer<</Root 1 0 R>>\n%%EOF";

    assertThatThrownBy(() -> Reading.of(ContentType.PDF, file.getBytes(ISO_8859_1)))
        .isInstanceOfAny(UnreadableException.class, IOException.class, IllegalStateException.class);
  }

  /**
   * @param password of the reader; none when empty, an empty one when NUL
   */
  @SafeVarargs
  static byte[] pdf(String password, List<String>... pages) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PDDocument document = new PDDocument()) {
      for (List<String> lines : pages) {
        write(document, lines);
      }
      if (!password.isEmpty()) {
        String user = password.equals("\0") ? "" : password;
        document.protect(new StandardProtectionPolicy("owner", user, new AccessPermission()));
      }
      document.save(bytes);
    }
    return bytes.toByteArray();
  }

  private static void write(PDDocument document, List<String> lines) throws IOException {
    PDPage page = new PDPage();
    document.addPage(page);
    try (PDPageContentStream content = new PDPageContentStream(document, page)) {
      content.beginText();
      content.setFont(new PDType1Font(FontName.HELVETICA), 11);
      content.setLeading(14);
      content.newLineAtOffset(72, 700);
      for (String line : lines) {
        if (!line.isEmpty()) {
          content.showText(line);
        }
        content.newLine();
      }
      content.endText();
    }
  }
}
