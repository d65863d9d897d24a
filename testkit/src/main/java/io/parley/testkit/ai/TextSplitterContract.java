package io.parley.testkit.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.document.PageText;
import io.parley.domain.document.PageText.Block;
import io.parley.domain.document.PageText.Block.Kind;
import io.parley.domain.document.TextSpan;
import io.parley.domain.port.ai.TextSplitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link TextSplitter} keeps. Extend it and make yours. */
public abstract class TextSplitterContract {

  /** The splitter under test. */
  protected abstract TextSplitter splitter();

  @Test
  public void a_page_without_words_has_no_spans() {
    for (String text : List.of("", " ", "\n".repeat(100_000), " \t\u00a0\u3000\n ".repeat(500))) {
      assertThat(split(PageText.plain(1, text), 100, 10)).isEmpty();
    }
  }

  @Test
  public void a_short_page_is_one_span() {
    PageText page = PageText.plain(1, "  One sentence.\n\nAnother one. ");

    assertThat(split(page, 600, 60)).containsExactly(new TextSpan(2, 29));
  }

  @Test
  public void neighbours_that_had_to_be_cut_share_words() {
    String text = sentences(60);

    List<TextSpan> spans = split(PageText.plain(1, text), 300, 80);

    assertThat(spans).hasSizeGreaterThan(5);
    for (int i = 1; i < spans.size(); i++) {
      int shared = spans.get(i - 1).end() - spans.get(i).start();
      assertThat(shared).isBetween(1, 80);
    }
  }

  @Test
  public void blocks_that_fit_are_not_cut_and_share_nothing() {
    String text =
        IntStream.range(0, 12).mapToObj(i -> sentences(3)).collect(Collectors.joining("\n\n"));

    List<TextSpan> spans = split(PageText.plain(1, text), 300, 80);

    for (int i = 1; i < spans.size(); i++) {
      assertThat(spans.get(i).start()).isGreaterThan(spans.get(i - 1).end());
      assertThat(text.substring(spans.get(i - 1).end(), spans.get(i).start())).isEqualTo("\n\n");
    }
  }

  @Test
  public void no_overlap_means_none() {
    List<TextSpan> spans = split(PageText.plain(1, sentences(60)), 300, 0);

    for (int i = 1; i < spans.size(); i++) {
      assertThat(spans.get(i).start()).isGreaterThanOrEqualTo(spans.get(i - 1).end());
    }
  }

  @Test
  public void a_heading_stays_with_what_follows() {
    Draft draft = new Draft();
    for (int i = 0; i < 30; i++) {
      draft.add(Kind.HEADING, "Heading number " + i);
      draft.add(Kind.PARAGRAPH, sentences(1 + i % 9));
    }
    PageText page = draft.page();

    List<TextSpan> spans = split(page, 400, 40);

    for (int i = 0; i < page.blocks().size(); i += 2) {
      int heading = page.blocks().get(i).span().start();
      TextSpan home = holding(spans, page.blocks().get(i).span());
      int words = page.blocks().get(i + 1).span().start();
      assertThat(home.end()).as("heading at %d", heading).isGreaterThan(words);
    }
  }

  @Test
  public void a_table_that_fits_is_in_one_piece() {
    Draft draft = new Draft();
    for (int i = 0; i < 20; i++) {
      draft.add(Kind.PARAGRAPH, sentences(1 + i % 5));
      draft.add(Kind.TABLE, rows(1 + i % 8));
    }
    PageText page = draft.page();

    List<TextSpan> spans = split(page, 300, 40);

    for (Block block : page.blocks()) {
      if (block.kind() == Kind.TABLE) {
        assertThat(holding(spans, block.span())).isNotNull();
      }
    }
  }

  @Test
  public void a_table_that_does_not_fit_is_cut_between_its_rows() {
    String table = rows(60);
    PageText page = new Draft().add(Kind.TABLE, table).page();

    List<TextSpan> spans = split(page, 300, 40);

    assertThat(spans).hasSizeGreaterThan(3);
    for (TextSpan span : spans) {
      assertThat(span.of(table)).startsWith("row").endsWith("|");
    }
  }

  @Test
  public void text_of_any_script_is_covered() {
    for (String unit :
        List.of(
            "کشتی دوپہر کو بندرگاہ سے روانہ ہوتی ہے۔ ",
            "渡轮中午离开港口。它什么时候回来",
            "🙂👩‍👩‍👧🏳️‍🌈",
            "😀",
            "a\u0301e\u0308 ",
            "नाव दोपहर को निकलती है। ",
            "the the the ",
            "ab\u00a0cd\u2003ef\u2028gh\u0085",
            "word" + " ".repeat(300),
            "word" + "\n".repeat(300),
            "\u0001\u0002x\u001f",
            "?!. ",
            "- item\n")) {
      split(PageText.plain(1, unit.repeat(200)), 50, 24);
      split(PageText.plain(1, unit.repeat(200)), 173, 30);
      split(PageText.plain(1, unit.repeat(200)), 600, 60);
    }
  }

  @Test
  public void random_pages_are_covered() {
    Random random = new Random(20_26);
    for (int i = 0; i < 150; i++) {
      int maxLength = 50 + random.nextInt(500);
      split(randomPage(random), maxLength, random.nextInt(maxLength / 2));
    }
  }

  @Test
  public void a_megabyte_without_white_space_is_cut() {
    assertThat(split(PageText.plain(1, "x".repeat(1 << 20)), 600, 60)).hasSizeGreaterThan(1_700);
    assertThat(split(PageText.plain(1, "渡。".repeat(1 << 18)), 600, 60)).isNotEmpty();
  }

  @Test
  public void words_far_apart_are_found() {
    for (String gap : List.of("\n".repeat(100_000), " ".repeat(100_000))) {
      assertThat(split(PageText.plain(1, "before" + gap + "after"), 600, 60)).hasSize(2);
      PageText block = new Draft().add(Kind.PARAGRAPH, "before" + gap + "after").page();
      assertThat(split(block, 600, 60)).hasSize(2);
    }
  }

  @Test
  public void sizes_out_of_bounds_are_refused() {
    PageText page = PageText.plain(1, "words");
    for (int[] sizes : new int[][] {{49, 0}, {100, -1}, {100, 50}, {0, 0}}) {
      assertThatThrownBy(() -> splitter().split(page, sizes[0], sizes[1]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private List<TextSpan> split(PageText page, int maxLength, int overlap) {
    List<TextSpan> spans = splitter().split(page, maxLength, overlap);
    SpanRules.check(page.text(), spans, maxLength);
    return spans;
  }

  private static TextSpan holding(List<TextSpan> spans, TextSpan inner) {
    return spans.stream()
        .filter(span -> span.start() <= inner.start() && span.end() >= inner.end())
        .findFirst()
        .orElseThrow(() -> new AssertionError("No span holds all of " + inner));
  }

  private static String sentences(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "Sentence " + i + " tells something about boat " + i * 7 + ".")
        .collect(Collectors.joining(" "));
  }

  private static String rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "row " + i + " | " + i * 31 + " | more |")
        .collect(Collectors.joining("\n"));
  }

  private static PageText randomPage(Random random) {
    Draft draft = new Draft();
    Kind[] kinds = Kind.values();
    for (int i = random.nextInt(12); i >= 0; i--) {
      Kind kind = kinds[random.nextInt(kinds.length)];
      int length = 1 + random.nextInt(kind == Kind.HEADING ? 80 : 900);
      String text = randomText(random, length);
      if (random.nextInt(5) == 0) {
        draft.addOutsideOfBlocks(text);
      } else {
        draft.add(kind, text);
      }
    }
    return draft.page();
  }

  private static String randomText(Random random, int length) {
    String[] alphabet = {
      "a", "b", "É", "7", ".", "! ", "? ", " ", "  ", "\n", "\n\n", "\t", "😀", "渡", "。", "و", "۔ ",
      "\u00a0", "\u0301", "|", "- ", "word ", "word ", "the "
    };
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(alphabet[random.nextInt(alphabet.length)]);
    }
    return text.toString();
  }

  /** A page that is put together block by block. */
  private static final class Draft {
    private final StringBuilder text = new StringBuilder();
    private final ArrayList<Block> blocks = new ArrayList<>();

    Draft add(Kind kind, String words) {
      int start = text.length();
      addOutsideOfBlocks(words);
      blocks.add(new Block(kind, new TextSpan(start, start + words.length())));
      return this;
    }

    void addOutsideOfBlocks(String words) {
      text.append(words).append("\n\n");
    }

    PageText page() {
      return new PageText(1, null, text.toString(), blocks);
    }
  }
}
