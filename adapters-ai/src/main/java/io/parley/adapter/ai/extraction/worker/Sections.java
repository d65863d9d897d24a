package io.parley.adapter.ai.extraction.worker;

import io.parley.domain.document.PageText.Block.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Pages of a format that has none: a section begins at each heading of the first two levels and
 * carries its words as label. A very long section goes on under the next number.
 */
final class Sections {

  /** Length at which a section is continued on the next one, in UTF-16 units. */
  static final int LONG = 200_000;

  private static final int MAX_LABEL = 300;

  private final Pages pages;
  private final PageBuilder page = new PageBuilder();
  private @Nullable String label;

  Sections(Pages pages) {
    this.pages = pages;
  }

  /** A chapter: begins a page, under a label where it has one. */
  void chapter(@Nullable String name) {
    if (!page.isEmpty()) {
      next();
    }
    label = name == null ? null : shortened(PlainText.collapse(PlainText.clean(name)));
  }

  void heading(int level, String text) {
    String words = PlainText.clean(PlainText.collapse(text));
    if (words.isEmpty()) {
      return;
    }
    if (level <= 2) {
      if (!page.holdsOnlyHeadings()) {
        next();
      }
      label = shortened(words);
    }
    page.add(Kind.HEADING, words);
  }

  private static String shortened(String words) {
    return words.length() <= MAX_LABEL ? words : words.substring(0, cut(words, MAX_LABEL));
  }

  void block(Kind kind, String text) {
    String rest = text;
    while (rest.length() > LONG) {
      int end = cut(rest, LONG);
      addWhole(kind, rest.substring(0, end));
      rest = rest.substring(end);
    }
    addWhole(kind, rest);
  }

  private void addWhole(Kind kind, String text) {
    if (!page.isEmpty() && page.length() + text.length() > LONG) {
      next();
    }
    page.add(kind, text);
  }

  /** Where to cut at most {@code length} units: after the last white space, never in a pair. */
  private static int cut(String text, int length) {
    for (int i = length; i > length / 2; i--) {
      if (Character.isWhitespace(text.charAt(i - 1))) {
        return i;
      }
    }
    return Character.isLowSurrogate(text.charAt(length)) ? length - 1 : length;
  }

  /** Ends the page, also when it is empty. */
  void next() {
    pages.give(page, label);
  }

  /** Ends the last page; a document without any text has one empty page. */
  void finish() {
    if (!page.isEmpty() || pages.count() == 0) {
      next();
    }
  }

  boolean isEmpty() {
    return page.isEmpty();
  }
}
