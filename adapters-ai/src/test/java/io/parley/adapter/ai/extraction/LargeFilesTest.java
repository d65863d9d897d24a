package io.parley.adapter.ai.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.document.ContentType;
import io.parley.domain.port.ai.ExtractionResult.Extracted;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LargeFilesTest {

  @TempDir private Path directory;

  @Test
  void a_pdf_of_many_pages_and_pictures_needs_far_less_memory_than_it_is_large()
      throws IOException {
    byte[] file = pdf(400);
    ExtractionConfig config = ExtractionConfig.defaults(directory).withHeapMegabytes(48);
    try (ProcessTextExtractor extractor = ProcessTextExtractor.open(config)) {
      assertThat(file.length).isGreaterThan(48 * 1024 * 1024);
      assertThat(
              extractor.extract(
                  new ByteArrayInputStream(file),
                  ContentType.PDF,
                  page -> assertThat(page.text()).startsWith("Page " + page.number() + " ")))
          .isEqualTo(new Extracted(null, 400));
    }
  }

  private static byte[] pdf(int pages) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PDDocument document = new PDDocument()) {
      for (int i = 1; i <= pages; i++) {
        write(document, i);
      }
      document.save(bytes);
    }
    return bytes.toByteArray();
  }

  private static void write(PDDocument document, int number) throws IOException {
    PDPage page = new PDPage();
    document.addPage(page);
    try (PDPageContentStream content = new PDPageContentStream(document, page)) {
      content.drawImage(LosslessFactory.createFromImage(document, Noise.picture(number)), 0, 0);
      content.beginText();
      content.setFont(new PDType1Font(FontName.HELVETICA), 11);
      content.setLeading(14);
      content.newLineAtOffset(72, 700);
      for (int line = 0; line < 40; line++) {
        content.showText("Page " + number + " line " + line + " says what it has to say again.");
        content.newLine();
      }
      content.endText();
    }
  }

  /** Pictures that do not compress. */
  private static final class Noise {
    static BufferedImage picture(int seed) {
      Random random = new Random(seed);
      var picture = new BufferedImage(220, 220, BufferedImage.TYPE_INT_RGB);
      for (int x = 0; x < 220; x++) {
        for (int y = 0; y < 220; y++) {
          picture.setRGB(x, y, random.nextInt());
        }
      }
      return picture;
    }
  }
}
