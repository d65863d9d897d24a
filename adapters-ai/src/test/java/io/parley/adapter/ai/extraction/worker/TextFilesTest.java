package io.parley.adapter.ai.extraction.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.document.ContentType;
import io.parley.domain.document.PageText;
import io.parley.domain.document.PageText.Block.Kind;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class TextFilesTest {

  private static final String WORDS = "Grüße aus Örebro, naïve café.";

  @Test
  void every_usual_encoding_is_found_out() throws IOException {
    assertThat(text(WORDS.getBytes(UTF_8))).isEqualTo(WORDS);
    assertThat(text(("\uFEFF" + WORDS).getBytes(UTF_8))).isEqualTo(WORDS);
    assertThat(text(WORDS.getBytes(ISO_8859_1))).isEqualTo(WORDS);
    assertThat(text(WORDS.getBytes(UTF_16LE))).isEqualTo(WORDS);
    assertThat(text(("\uFEFF" + WORDS).getBytes(UTF_16BE))).isEqualTo(WORDS);
  }

  @Test
  void bytes_that_are_no_utf_8_are_replaced() throws IOException {
    byte[] broken = (WORDS + "*" + WORDS).getBytes(UTF_8);
    broken[WORDS.getBytes(UTF_8).length] = (byte) 0xFF;

    assertThat(text(broken)).isEqualTo(WORDS + "\uFFFD" + WORDS);
  }

  @Test
  void text_is_normalised_and_otherwise_kept() throws IOException {
    assertThat(text("a\u0301 o\uFB03ce co\u00ADoperate\u0000 x\u00A0y\rz".getBytes(UTF_8)))
        .isEqualTo("\u00e1 office cooperate x y\nz");
  }

  @Test
  void form_feeds_end_pages_and_empty_pages_count() throws IOException {
    assertThat(Reading.of(ContentType.TEXT, "one\n\f\ftwo\fthree").texts())
        .containsExactly("one", "", "two", "three");
  }

  @Test
  void a_very_long_text_is_continued_on_the_next_number() throws IOException {
    Reading reading = Reading.of(ContentType.TEXT, "All work and no play. ".repeat(30_000));

    assertThat(reading.pages()).hasSizeGreaterThan(3);
    assertThat(reading.texts()).allMatch(text -> text.length() <= Sections.LONG);
    assertThat(String.join(" ", reading.texts())).hasSize(22 * 30_000 - 1);
  }

  @Test
  void markdown_becomes_what_its_page_shows() throws IOException {
    Reading reading =
        Reading.of(
            ContentType.MARKDOWN,
            """
            ---
            title: "The guide"
            ---
            Before [any](http://x) heading.

            # One
            ## Two

            Soft
            wrap with `code` and ![a cat](c.png).

            | a | b |
            |---|---|
            | 1 | 2 |

            3. first
               - inner
            4. second

            ```java
              int x;
            ```

            ### Three
            > quoted

            # Four
            end
            """);

    assertThat(reading.title()).isEqualTo("The guide");
    assertThat(reading.pages()).extracting(PageText::label).containsExactly(null, "Two", "Four");
    assertThat(reading.texts().getFirst()).isEqualTo("Before any heading.");
    assertThat(reading.blocks(Kind.HEADING)).containsExactly("One", "Two", "Three", "Four");
    assertThat(reading.blocks(Kind.TABLE)).containsExactly("a | b\n1 | 2");
    assertThat(reading.blocks(Kind.LIST)).containsExactly("3. first\n  - inner\n4. second");
    assertThat(reading.blocks(Kind.CODE)).containsExactly("  int x;");
    assertThat(reading.blocks(Kind.PARAGRAPH))
        .containsExactly("Before any heading.", "Soft wrap with code and a cat.", "quoted", "end");
  }

  @Test
  void markdown_nested_without_end_is_read_all_the_same() throws IOException {
    Reading reading = Reading.of(ContentType.MARKDOWN, ">".repeat(100_000) + " deep\n");

    assertThat(String.join("", reading.texts())).endsWith("deep");
  }

  @Test
  void html_becomes_what_its_page_shows() throws IOException {
    Reading reading =
        Reading.of(
            ContentType.HTML,
            """
            <html><head><title> The  page </title><style>p{}</style></head><body>
            <nav><a>Home</a></nav><script>alert(1)</script><p hidden>never</p>
            <p style="display: none">never</p>
            <h1>One</h1><p>Some <b>bold</b>
               words.<br>Next line.</p>
            <table><caption>Prices</caption><tr><th>a<th>b<tr><td>1<td>2</table>
            <ol><li>first<ul><li>inner</ul><li>second</ol>
            <h2>Two</h2><pre>  int x;
              int y;</pre>loose text</body></html>
            """);

    assertThat(reading.title()).isEqualTo("The page");
    assertThat(reading.pages()).extracting(PageText::label).containsExactly("One", "Two");
    assertThat(reading.blocks(Kind.PARAGRAPH))
        .containsExactly("Some bold words.\nNext line.", "Prices", "loose text");
    assertThat(reading.blocks(Kind.TABLE)).containsExactly("a | b\n1 | 2");
    assertThat(reading.blocks(Kind.LIST)).containsExactly("1. first\n  - inner\n2. second");
    assertThat(reading.blocks(Kind.CODE)).hasSize(1);
  }

  @Test
  void html_is_decoded_as_it_declares() throws IOException {
    String page = "<meta charset=iso-8859-1><p>" + WORDS;

    assertThat(Reading.of(ContentType.HTML, page.getBytes(ISO_8859_1)).texts())
        .containsExactly(WORDS);
    assertThat(Reading.of(ContentType.HTML, ("<p>" + WORDS).getBytes(ISO_8859_1)).texts())
        .containsExactly(WORDS);
  }

  @Test
  void html_nested_a_hundred_thousand_deep_is_refused() {
    assertThatThrownBy(() -> Reading.of(ContentType.HTML, "<div>".repeat(100_000) + "x"))
        .isInstanceOfSatisfying(
            UnreadableException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TOO_DEEP));
  }

  private static String text(byte[] bytes) throws IOException {
    return Reading.of(ContentType.TEXT, bytes).texts().getFirst();
  }
}
