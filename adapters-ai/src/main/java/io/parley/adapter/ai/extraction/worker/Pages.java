package io.parley.adapter.ai.extraction.worker;

import io.parley.domain.document.PageText;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Numbers the pages, keeps them within the limits, and passes them on. */
final class Pages {

  /** Most UTF-16 units on one page; no paper holds that much. */
  static final int MAX_PAGE = 500_000;

  private final Consumer<PageText> out;
  private final long maxText;
  private final int maxPages;
  private int count;
  private long length;
  private boolean anyText;

  Pages(Consumer<PageText> out, long maxText, int maxPages) {
    this.out = out;
    this.maxText = maxText;
    this.maxPages = maxPages;
  }

  void give(PageBuilder page, @Nullable String label) {
    length += page.length();
    anyText |= !page.isEmpty();
    if (++count > maxPages || length > maxText || page.length() > MAX_PAGE) {
      throw new UnreadableException(Problem.TOO_MUCH_TEXT);
    }
    out.accept(page.take(count, label));
  }

  int count() {
    return count;
  }

  boolean anyText() {
    return anyText;
  }
}
