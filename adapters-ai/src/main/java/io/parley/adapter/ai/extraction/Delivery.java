package io.parley.adapter.ai.extraction;

import io.parley.domain.document.PageText;
import java.util.function.Consumer;

/**
 * Passes pages on, each once, also when a file has to be read again from its beginning. What the
 * child sends is counted here too: its word is not taken for its own limits.
 */
final class Delivery {

  private final Consumer<PageText> onPage;
  private final long maxText;
  private final int maxPages;
  private int given;
  private int received;
  private long length;

  Delivery(Consumer<PageText> onPage, ExtractionConfig config) {
    this.onPage = onPage;
    this.maxText = config.maxText();
    this.maxPages = config.maxPages();
  }

  void begin() {
    received = 0;
    length = 0;
  }

  /** Takes the next page. */
  Verdict accept(PageText page) {
    length += page.text().length();
    if (page.number() != ++received) {
      return Verdict.OUT_OF_ORDER;
    }
    if (length > maxText || received > maxPages) {
      return Verdict.TOO_MUCH;
    }
    if (received > given) {
      given = received;
      onPage.accept(page);
    }
    return Verdict.ACCEPTED;
  }

  int received() {
    return received;
  }

  /** What a page was. */
  enum Verdict {
    ACCEPTED,
    OUT_OF_ORDER,
    TOO_MUCH
  }
}
