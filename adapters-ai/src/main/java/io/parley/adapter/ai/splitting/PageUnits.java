package io.parley.adapter.ai.splitting;

import io.parley.domain.document.PageText;
import io.parley.domain.document.PageText.Block;
import io.parley.domain.document.PageText.Block.Kind;
import io.parley.domain.document.TextSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a page, and as paragraphs whatever stands outside of any block. */
final class PageUnits {
  private static final Pattern EMPTY_LINE = Pattern.compile("\n[^\\S\n]*+\n");

  private final String text;
  private final List<Block> units = new ArrayList<>();

  private PageUnits(String text) {
    this.text = text;
  }

  /** In order, trimmed, without overlap, none blank; every word of the page is in one of them. */
  static List<Block> of(PageText page) {
    PageUnits found = new PageUnits(page.text());
    int done = 0;
    for (Block block : page.blocks()) {
      int start = Math.max(done, block.span().start());
      int end = Math.max(start, Math.min(block.span().end(), page.text().length()));
      found.addParagraphs(done, start);
      found.add(block.kind(), start, end);
      done = end;
    }
    found.addParagraphs(done, page.text().length());
    return found.units;
  }

  private void addParagraphs(int start, int end) {
    Matcher gaps = EMPTY_LINE.matcher(text).region(start, end);
    int from = start;
    while (gaps.find()) {
      add(Kind.PARAGRAPH, from, gaps.start());
      from = gaps.end();
    }
    add(Kind.PARAGRAPH, from, end);
  }

  private void add(Kind kind, int start, int end) {
    TextSpan span = Spaces.trimmed(text, start, end);
    if (span != null) {
      units.add(new Block(kind, span));
    }
  }
}
