package io.parley.testkit.ai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.document.ContentType;
import io.parley.domain.document.PageText;
import io.parley.domain.document.PageText.Block;
import io.parley.domain.document.PageText.Block.Kind;
import io.parley.domain.port.ai.ExtractionResult;
import io.parley.domain.port.ai.ExtractionResult.Cause;
import io.parley.domain.port.ai.ExtractionResult.Extracted;
import io.parley.domain.port.ai.ExtractionResult.Unreadable;
import io.parley.domain.port.ai.TextExtractor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link TextExtractor} keeps. Extend it and make yours; the test closes nothing. */
public abstract class TextExtractorContract {

  /** The extractor under test, open. */
  protected abstract TextExtractor extractor();

  @Test
  public void a_pdf_gives_its_pages_under_their_own_numbers() throws IOException {
    List<PageText> pages = new ArrayList<>();

    ExtractionResult result = read(SampleFiles.pdf(), ContentType.PDF, pages);

    assertThat(result)
        .isEqualTo(new Extracted("Brackwater Ferries: Safety and Operations Handbook", 60));
    assertThat(pages).hasSize(60);
    assertThat(pages.get(6).text()).contains("Engineering stores").contains("247");
  }

  @Test
  public void a_word_document_gives_headings_and_tables() throws IOException {
    List<PageText> pages = new ArrayList<>();

    assertThat(read(SampleFiles.docx(), ContentType.DOCX, pages)).isInstanceOf(Extracted.class);

    assertThat(blocks(pages, Kind.HEADING)).contains("Where the water comes from");
    assertThat(blocks(pages, Kind.TABLE)).anyMatch(table -> table.contains("Nitrate | mg/l"));
  }

  @Test
  public void markdown_gives_a_section_a_heading() throws IOException {
    List<PageText> pages = new ArrayList<>();

    assertThat(read(SampleFiles.markdown(), ContentType.MARKDOWN, pages))
        .isInstanceOf(Extracted.class);

    assertThat(pages).extracting(PageText::label).contains("Main group: final standings");
    assertThat(blocks(pages, Kind.TABLE)).anyMatch(table -> table.contains("Tadeja Vrhovnik"));
  }

  @Test
  public void html_gives_what_a_reader_sees() throws IOException {
    List<PageText> pages = new ArrayList<>();

    ExtractionResult result = read(SampleFiles.html(), ContentType.HTML, pages);

    assertThat(result)
        .isEqualTo(new Extracted("Ilse Marrable: the life of a novelist", pages.size()));
    assertThat(text(pages)).doesNotContain("<p>");
  }

  @Test
  public void plain_text_is_kept() throws IOException {
    List<PageText> pages = new ArrayList<>();

    read("First line\r\nsecond\0 line.\n\n- one\n- two\n".getBytes(UTF_8), ContentType.TEXT, pages);

    assertThat(text(pages)).isEqualTo("First line\nsecond line.\n\n- one\n- two");
    assertThat(blocks(pages, Kind.LIST)).containsExactly("- one\n- two");
  }

  @Test
  public void what_cannot_be_used_is_told_in_a_sentence() throws IOException {
    byte[] halfPdf = Arrays.copyOf(SampleFiles.pdf(), 3_000);
    byte[] halfDocx = Arrays.copyOf(SampleFiles.docx(), 3_000);

    assertUnreadable(Cause.BROKEN, "%PDF-1.7 and then nothing".getBytes(UTF_8), ContentType.PDF);
    assertUnreadable(Cause.BROKEN, halfPdf, ContentType.PDF);
    assertUnreadable(Cause.BROKEN, halfDocx, ContentType.DOCX);
    assertUnreadable(Cause.BROKEN, "no zip".getBytes(UTF_8), ContentType.DOCX);
    assertUnreadable(Cause.NO_TEXT, " \n\n\t ".getBytes(UTF_8), ContentType.TEXT);
    assertUnreadable(Cause.NO_TEXT, "<html><body></body></html>".getBytes(UTF_8), ContentType.HTML);
  }

  @Test
  public void a_file_can_be_read_after_one_that_could_not() throws IOException {
    read("%PDF-1.7".getBytes(UTF_8), ContentType.PDF, new ArrayList<>());

    assertThat(read(SampleFiles.docx(), ContentType.DOCX, new ArrayList<>()))
        .isInstanceOf(Extracted.class);
  }

  @Test
  public void what_the_receiver_throws_reaches_the_caller() throws IOException {
    byte[] pdf = SampleFiles.pdf();
    IllegalStateException thrown = new IllegalStateException("enough");

    assertThatThrownBy(() ->
            extractor()
                .extract(
                    new ByteArrayInputStream(pdf),
                    ContentType.PDF,
                    page -> {
                      throw thrown;
                    }))
        .isSameAs(thrown);
    assertThat(read(pdf, ContentType.PDF, new ArrayList<>())).isInstanceOf(Extracted.class);
  }

  @Test
  public void many_threads_read_at_once() throws Exception {
    byte[] pdf = SampleFiles.pdf();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> reading =
          () -> {
            List<PageText> pages = new ArrayList<>();
            read(pdf, ContentType.PDF, pages);
            return text(pages);
          };
      String alone = reading.call();

      List<Future<String>> texts =
          threads.invokeAll(List.of(reading, reading, reading, reading, reading));

      for (Future<String> text : texts) {
        assertThat(text.get()).isEqualTo(alone);
      }
    }
  }

  private ExtractionResult read(byte[] file, ContentType type, List<PageText> pages) {
    Thread caller = Thread.currentThread();
    return extractor()
        .extract(
            new ByteArrayInputStream(file),
            type,
            page -> {
              assertThat(Thread.currentThread()).isSameAs(caller);
              pages.add(page);
              assertThat(page.number()).isEqualTo(pages.size());
              assertSound(page);
            });
  }

  private void assertUnreadable(Cause cause, byte[] file, ContentType type) {
    assertThat(read(file, type, new ArrayList<>()))
        .isInstanceOfSatisfying(
            Unreadable.class,
            unreadable -> {
              assertThat(unreadable.cause()).isEqualTo(cause);
              assertThat(unreadable.sentence()).endsWith(".").doesNotContain("Exception");
            });
  }

  private static void assertSound(PageText page) {
    String text = page.text();
    assertThat(text).doesNotContain("\r", "\0");
    assertThat(UTF_8.newEncoder().canEncode(text)).isTrue();
    int from = 0;
    for (Block block : page.blocks()) {
      assertThat(block.span().start()).isGreaterThanOrEqualTo(from);
      assertThat(block.span().end()).isLessThanOrEqualTo(text.length());
      assertThat(block.span().of(text)).isNotBlank();
      from = block.span().end();
    }
  }

  private static List<String> blocks(List<PageText> pages, Kind kind) {
    List<String> found = new ArrayList<>();
    for (PageText page : pages) {
      for (Block block : page.blocks()) {
        if (block.kind() == kind) {
          found.add(block.span().of(page.text()));
        }
      }
    }
    return found;
  }

  private static String text(List<PageText> pages) {
    return String.join("\n", pages.stream().map(PageText::text).toList());
  }
}
