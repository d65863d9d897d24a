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
import io.parley.domain.port.ai.ReaderIsolation;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({"kestrel-berths.xlsx,XLSX", "kestrel-berths.xls,XLS"})
  public void a_workbook_gives_the_sheets_that_are_seen(String name, ContentType type)
      throws IOException {
    List<PageText> pages = new ArrayList<>();

    read(SampleFiles.named(name), type, pages);

    assertThat(pages).extracting(PageText::label).containsExactly("Berths", "Fees");
    assertThat(pages.getFirst().text())
        .isEqualTo(
            """
            Berths at Kestrel Quay

            Berth | Length (m) | Taken | Rented from | Yearly rent
            A1 | 12.5 | TRUE | 2026-04-01 | 1,840.00
            A2 | 9 | FALSE | 2026-05-15 | 1,310.50
            Sum | | | | 3,150.50\
            """);
  }

  @ParameterizedTest
  @CsvSource({"kestrel-talk.pptx,PPTX", "kestrel-talk.ppt,PPT"})
  public void a_presentation_gives_its_slides_under_their_own_numbers(String name, ContentType type)
      throws IOException {
    List<PageText> pages = new ArrayList<>();

    read(SampleFiles.named(name), type, pages);

    assertThat(pages).hasSize(3);
    assertThat(pages.getFirst().text())
        .startsWith("Why the quay was raised\n\n")
        .contains("Its stones had sunk by 30 cm");
    assertThat(pages.get(1).text()).isEmpty();
    assertThat(blocks(pages, Kind.TABLE)).containsExactly("Gauge | High\nNorth pier | 4.1 m");
  }

  @Test
  public void a_slide_has_its_title_as_label_and_its_notes_below() throws IOException {
    List<PageText> pages = new ArrayList<>();

    read(SampleFiles.named("kestrel-talk.pptx"), ContentType.PPTX, pages);

    assertThat(pages.getFirst().label()).isEqualTo("Why the quay was raised");
    assertThat(pages.getFirst().text()).endsWith("Mention the harbour master's letter.");
  }

  @Test
  public void an_open_document_gives_headings_lists_tables_and_pages() throws IOException {
    List<PageText> pages = new ArrayList<>();

    ExtractionResult result = read(SampleFiles.named("kestrel-rules.odt"), ContentType.ODT, pages);

    assertThat(result).isEqualTo(new Extracted("Kestrel Quay: rules", 2));
    assertThat(blocks(pages, Kind.HEADING)).containsExactly("Rules of the quay", "Guests");
    assertThat(blocks(pages, Kind.LIST)).containsExactly("- No fires\n- No nets on the rails");
    assertThat(blocks(pages, Kind.TABLE)).containsExactly("Hour | Gate\n22:00 | closed");
    assertThat(blocks(pages, Kind.PARAGRAPH))
        .containsExactly(
            "Boats are moored bow first.",
            "Except the pilot boat.",
            "Guests sign the book of the watch.");
  }

  @Test
  public void an_old_word_document_gives_headings_tables_and_asked_pages() throws IOException {
    List<PageText> pages = new ArrayList<>();

    read(SampleFiles.named("kestrel-rules.doc"), ContentType.DOC, pages);

    assertThat(blocks(pages, Kind.HEADING)).containsExactly("Rules of the quay");
    assertThat(blocks(pages, Kind.TABLE)).containsExactly("Hour | Gate\n22:00 | closed");
    assertThat(blocks(pages, Kind.PARAGRAPH))
        .containsExactly(
            "Boats are moored bow first, says Zoë.", "Guests sign the book of the watch.");
    assertThat(pages).hasSize(2);
  }

  @Test
  public void rich_text_gives_headings_tables_and_pages() throws IOException {
    List<PageText> pages = new ArrayList<>();

    ExtractionResult result = read(SampleFiles.named("kestrel-letter.rtf"), ContentType.RTF, pages);

    assertThat(result).isEqualTo(new Extracted("Letter of the harbour master", 2));
    assertThat(blocks(pages, Kind.HEADING)).containsExactly("To the owners of boats");
    assertThat(blocks(pages, Kind.TABLE)).containsExactly("Berth | Depth\nA1 | 2.4 m");
    assertThat(text(pages))
        .contains("until the 3ª of May\nand its driver is called Zoë.")
        .doesNotContain("hidden", "struck", "never");
  }

  @Test
  public void a_book_gives_its_chapters_in_their_order() throws IOException {
    List<PageText> pages = new ArrayList<>();

    ExtractionResult result =
        read(SampleFiles.named("kestrel-history.epub"), ContentType.EPUB, pages);

    assertThat(result).isEqualTo(new Extracted("A short history of Kestrel Quay", 2));
    assertThat(pages).extracting(PageText::label).containsExactly("Before it", "After the flood");
    assertThat(pages.getLast().text())
        .isEqualTo("After the flood\n\nThe quay was raised by a metre in 1904.");
  }

  @Test
  public void an_email_gives_its_messages_and_names_what_is_attached() throws IOException {
    List<PageText> pages = new ArrayList<>();

    ExtractionResult result = read(SampleFiles.named("kestrel-mail.eml"), ContentType.EML, pages);

    assertThat(result).isEqualTo(new Extracted("Crane repair – date", 2));
    assertThat(pages.getFirst().text())
        .isEqualTo(
            """
            Crane repair – date

            From: "Harbour Master" <master@kestrel.example>
            To: Zoë <zoe@kestrel.example>
            Date: Sat, 2 May 2026 09:00:00 +0000

            The crane is repaired on Friday, says Zoë.

            Please move your boats.

            - offer.pdf (application/pdf)\
            """);
    assertThat(pages.getLast().text()).contains("Offer", "We can come on Friday.");
  }

  @Test
  public void a_table_as_text_is_a_table() throws IOException {
    List<PageText> pages = new ArrayList<>();

    read(SampleFiles.named("kestrel-owners.csv"), ContentType.CSV, pages);

    assertThat(blocks(pages, Kind.TABLE))
        .containsExactly("Berth | Owner | Remark\nA1 | Brandt; Ada | says \"never\"\nA2 | Örn");
  }

  @Test
  public void json_gives_its_values_with_their_paths() throws IOException {
    List<PageText> pages = new ArrayList<>();

    read(SampleFiles.named("kestrel-log.json"), ContentType.JSON, pages);

    assertThat(blocks(pages, Kind.PARAGRAPH))
        .containsExactly(
            "harbour: Kestrel Quay\nopen: true\ntides: 4.1, 0.6",
            "visits.boat: Marigold\nvisits.crew.count: 3\nvisits.crew.captain: T. Olsen",
            "visits.boat: Sea Urchin\nvisits.crew.count: 1\nvisits.crew.captain: M. Ferro\n"
                + "visits.left: 2026-05-02");
  }

  @Test
  public void every_page_of_a_long_table_begins_with_the_names_of_its_columns() {
    StringBuilder table = new StringBuilder("Boat,Owner,Berth\n");
    for (int i = 1; i <= 2_000; i++) {
      table.append("boat ").append(i).append(",owner ").append(i).append(",B").append(i);
      table.append('\n');
    }
    List<PageText> pages = new ArrayList<>();

    read(table.toString().getBytes(UTF_8), ContentType.CSV, pages);

    assertThat(pages).hasSizeGreaterThan(3);
    assertThat(pages).allMatch(page -> page.text().startsWith("Boat | Owner | Berth\n"));
    assertThat(pages.getFirst().label()).startsWith("rows 1–");
    assertThat(pages.getLast().label()).endsWith("–2001");
    assertThat(pages.getLast().text()).endsWith("boat 2000 | owner 2000 | B2000");
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
    for (ContentType type :
        List.of(
            ContentType.XLSX,
            ContentType.PPTX,
            ContentType.XLS,
            ContentType.PPT,
            ContentType.DOC,
            ContentType.ODT,
            ContentType.EPUB)) {
      assertUnreadable(Cause.BROKEN, "no container".getBytes(UTF_8), type);
    }
    assertUnreadable(Cause.BROKEN, "{\"a\": [1, ".getBytes(UTF_8), ContentType.JSON);
    assertUnreadable(Cause.NO_TEXT, "{}".getBytes(UTF_8), ContentType.JSON);
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

  @Test
  public void files_are_read_apart_from_everything_else() {
    ReaderIsolation found = extractor().tryIsolation();

    assertThat(found.ownProcess()).isTrue();
    assertThat(found.ways()).isEmpty();
    assertThat(found.inherited()).isEmpty();
    assertThat(found.heapMegabytes()).isPositive();
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
