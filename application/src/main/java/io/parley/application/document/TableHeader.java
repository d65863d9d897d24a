package io.parley.application.document;

import io.parley.domain.document.PageText;
import io.parley.domain.document.PageText.Block;
import io.parley.domain.document.PageText.Block.Kind;
import io.parley.domain.document.TextSpan;
import org.jspecify.annotations.Nullable;

/** The line that names a table's columns, for the pieces of the table that do not have it. */
final class TableHeader {

  private TableHeader() {}

  /** The first line of the table in whose later lines the span begins; null in any other case. */
  static @Nullable String above(PageText page, TextSpan span) {
    for (Block block : page.blocks()) {
      boolean within = block.span().start() < span.start() && span.start() < block.span().end();
      if (block.kind() == Kind.TABLE && within) {
        String line = firstLine(block.span().of(page.text()));
        return block.span().start() + line.length() < span.start() ? line : null;
      }
    }
    return null;
  }

  private static String firstLine(String table) {
    int end = table.indexOf('\n');
    return end < 0 ? table : table.substring(0, end);
  }
}
