package io.parley.domain.port.ai;

import io.parley.domain.document.PageText;
import io.parley.domain.document.TextSpan;
import java.util.List;

/** Cuts a page into pieces that are embedded and cited. */
public interface TextSplitter {

  /**
   * Spans within {@code page.text()}, in order of their starts, neither blank nor with white space
   * at their ends, at most {@code maxLength} units long, never through a surrogate pair. Together
   * they cover every word of the page. Headings stay with what follows, tables and headings in one
   * piece where they fit.
   *
   * @param maxLength UTF-16 units, at least 50
   * @param overlap about how many units neighbours share when a block had to be cut, less than half
   *     of {@code maxLength}
   */
  List<TextSpan> split(PageText page, int maxLength, int overlap);
}
