package io.parley.testkit.ai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.document.ContentType;
import io.parley.domain.port.ai.ContentTypeDetector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every {@link ContentTypeDetector} keeps. Extend it and make yours. */
public abstract class ContentTypeDetectorContract {

  /** The detector under test. */
  protected abstract ContentTypeDetector detector();

  @Test
  public void each_type_is_told_by_its_bytes() throws IOException {
    assertThat(detect(SampleFiles.pdf(), "a.pdf")).contains(ContentType.PDF);
    assertThat(detect(SampleFiles.docx(), "a.docx")).contains(ContentType.DOCX);
    assertThat(detect(SampleFiles.text(), "a.txt")).contains(ContentType.TEXT);
    assertThat(detect(SampleFiles.markdown(), "a.md")).contains(ContentType.MARKDOWN);
    assertThat(detect(SampleFiles.html(), "a.html")).contains(ContentType.HTML);
  }

  @ParameterizedTest
  @CsvSource({
    "kestrel-berths.xlsx,XLSX",
    "kestrel-berths.xls,XLS",
    "kestrel-talk.pptx,PPTX",
    "kestrel-talk.ppt,PPT",
    "kestrel-rules.doc,DOC",
    "kestrel-rules.odt,ODT",
    "kestrel-letter.rtf,RTF",
    "kestrel-history.epub,EPUB",
    "kestrel-mail.eml,EML",
    "kestrel-log.json,JSON"
  })
  public void office_documents_books_and_messages_are_told_whatever_their_name(
      String sample, ContentType type) throws IOException {
    assertThat(detect(SampleFiles.named(sample), sample)).contains(type);
    assertThat(detect(SampleFiles.named(sample), "a.pdf")).contains(type);
  }

  @Test
  public void a_table_is_told_by_its_even_rows_or_its_name() throws IOException {
    byte[] even = "a,b,c\n1,2,3\n4,5,6\n7,8,9\n".getBytes(UTF_8);

    assertThat(detect(SampleFiles.named("kestrel-owners.csv"), "a.csv")).contains(ContentType.CSV);
    assertThat(detect(even, "a.txt")).contains(ContentType.CSV);
  }

  @Test
  public void what_people_write_stays_plain_text() {
    assertThat(text("Dear Ada, dear Bo, dear Cy,\nwe came, saw, and left,\nso, well, bye,\n"))
        .contains(ContentType.TEXT);
    assertThat(text("[1] Brandt, A.: On quays.\n[2] Ferro, M.: On boats.\n"))
        .contains(ContentType.TEXT);
    assertThat(text("{not json} but a remark")).contains(ContentType.TEXT);
    assertThat(text("From: the master\nTo: all owners\nSubject: crane\n\nIt is broken.\n"))
        .contains(ContentType.TEXT);
    assertThat(text("Note: the following\nis prose.\n")).contains(ContentType.TEXT);
  }

  private Optional<ContentType> text(String words) {
    return detect(words.getBytes(UTF_8), "a.txt");
  }

  @Test
  public void a_name_that_disagrees_does_not_count() throws IOException {
    assertThat(detect(SampleFiles.pdf(), "a.txt")).contains(ContentType.PDF);
    assertThat(detect(SampleFiles.docx(), "a.pdf")).contains(ContentType.DOCX);
    assertThat(detect(SampleFiles.text(), "a.pdf")).contains(ContentType.TEXT);
    assertThat(detect(SampleFiles.html(), "a.docx")).contains(ContentType.HTML);
    assertThat(detect(SampleFiles.html(), "a.md")).contains(ContentType.HTML);
    assertThat(detect(SampleFiles.markdown(), "a")).contains(ContentType.TEXT);
  }

  @Test
  public void text_is_told_in_every_usual_encoding() {
    String words = "Grüße aus Örebro: the fjord is über cold.\r\nA second line.\n".repeat(9);
    byte[] cut = Arrays.copyOf("ö".repeat(40_000).getBytes(UTF_8), ContentTypeDetector.HEAD - 1);

    assertThat(detect(words.getBytes(UTF_8), "a")).contains(ContentType.TEXT);
    assertThat(detect(words.getBytes(ISO_8859_1), "a")).contains(ContentType.TEXT);
    assertThat(detect(("\uFEFF" + words).getBytes(UTF_16LE), "a")).contains(ContentType.TEXT);
    assertThat(detect(words.getBytes(UTF_16LE), "a")).contains(ContentType.TEXT);
    assertThat(detect(cut, "a")).contains(ContentType.TEXT);
    assertThat(detect("x".getBytes(UTF_8), "a")).contains(ContentType.TEXT);
  }

  @Test
  public void what_is_not_read_has_no_type() throws IOException {
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H'};
    byte[] program = Arrays.copyOf("MZ\u0090\0\u0003\0\0\0".getBytes(ISO_8859_1), 512);
    byte[] oldWord = {
      (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1, 0
    };

    assertThat(detect(png, "a.txt")).isEmpty();
    assertThat(detect(program, "a.txt")).isEmpty();
    assertThat(detect(oldWord, "a.docx")).isEmpty();
    assertThat(detect(zip("notes/readme.txt"), "a.docx")).isEmpty();
    assertThat(detect(zip("xl/workbook.bin"), "a.xlsx")).isEmpty();
    assertThat(detect("%!PS-Adobe-3.0\n".getBytes(UTF_8), "a.txt")).isEmpty();
    assertThat(detect(new byte[4096], "a.txt")).isEmpty();
  }

  private Optional<ContentType> detect(byte[] file, String name) {
    return detector()
        .detect(Arrays.copyOf(file, Math.min(file.length, ContentTypeDetector.HEAD)), name);
  }

  private static byte[] zip(String entry) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write("<a/>".getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }
}
