package io.parley.domain.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of one page, slide, sheet, or section under a heading.
 *
 * @param number counts from 1 in the order of the source
 * @param label what people call the place, such as its heading; absent where it has only a number
 * @param text normalised to {@code \n} line ends, never with lone surrogates or NUL
 * @param blocks what the text consists of, in order, without overlap, spans within {@code text}
 */
public record PageText(int number, @Nullable String label, String text, List<Block> blocks) {

  /** A piece of a page that belongs together. */
  public record Block(Kind kind, TextSpan span) {

    /** What a block is. */
    public enum Kind {
      HEADING,
      PARAGRAPH,
      LIST,
      /** One line a row, the cells apart by {@code |}; the first line names the columns. */
      TABLE,
      CODE
    }
  }

  public PageText {
    if (number < 1) {
      throw new IllegalArgumentException("Pages count from 1.");
    }
    blocks = List.copyOf(blocks);
  }

  /** A page without structure. */
  public static PageText plain(int number, String text) {
    return new PageText(number, null, text, List.of());
  }
}
