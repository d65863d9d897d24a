package io.parley.adapter.ai.extraction.worker;

import io.parley.domain.document.PageText;
import io.parley.domain.document.PageText.Block;
import io.parley.domain.document.PageText.Block.Kind;
import io.parley.domain.document.TextSpan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts blocks into the text of a page, an empty line between each two. */
final class PageBuilder {

  private final StringBuilder text = new StringBuilder();
  private final List<Block> blocks = new ArrayList<>();

  /** Adds a block; what is blank is left out. */
  void add(Kind kind, String raw) {
    String clean = PlainText.clean(raw);
    String block = kind == Kind.CODE ? withoutBlankEdges(clean) : clean.strip();
    if (block.isBlank()) {
      return;
    }
    text.append(text.isEmpty() ? "" : "\n\n");
    int start = text.length();
    text.append(block);
    blocks.add(new Block(kind, new TextSpan(start, text.length())));
  }

  /** The first line of code keeps its indentation: it belongs to the lines below it. */
  private static String withoutBlankEdges(String code) {
    int from = 0;
    for (int i = 0; i < code.length() && Character.isWhitespace(code.charAt(i)); i++) {
      from = code.charAt(i) == '\n' ? i + 1 : from;
    }
    return code.substring(from).stripTrailing();
  }

  int length() {
    return text.length();
  }

  boolean isEmpty() {
    return blocks.isEmpty();
  }

  boolean holdsOnlyHeadings() {
    return blocks.stream().allMatch(block -> block.kind() == Kind.HEADING);
  }

  /** The page; what is added next is the start of another. */
  PageText take(int number, @Nullable String label) {
    PageText page = new PageText(number, label, text.toString(), blocks);
    text.setLength(0);
    blocks.clear();
    return page;
  }
}
