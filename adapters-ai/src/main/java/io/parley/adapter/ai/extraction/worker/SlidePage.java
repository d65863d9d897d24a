package io.parley.adapter.ai.extraction.worker;

import io.parley.domain.document.PageText.Block.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The page of one slide: its title as heading and label, its shapes, its notes at the end. */
final class SlidePage {

  private static final int MAX_LABEL = 300;

  private final PageBuilder page = new PageBuilder();
  private final List<String> lines = new ArrayList<>();
  private final List<Integer> levels = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> cells = new ArrayList<>();
  private final StringBuilder table = new StringBuilder();
  private @Nullable String label;
  private boolean title;
  private boolean list;

  /**
   * Begins a shape with text.
   *
   * @param asTitle whether it is the slide's title
   * @param asList whether its paragraphs are points
   */
  void beginShape(boolean asTitle, boolean asList) {
    title = asTitle;
    list = asList;
    lines.clear();
    levels.clear();
  }

  void paragraph(int level, String raw) {
    String text = PlainText.collapseLines(raw);
    if (!text.isEmpty()) {
      lines.add(text);
      levels.add(Math.clamp(level, 0, 8));
    }
  }

  void endShape() {
    if (title) {
      endTitle();
    } else if (list && lines.size() > 1) {
      page.add(Kind.LIST, points());
    } else {
      page.add(Kind.PARAGRAPH, String.join("\n", lines));
    }
    lines.clear();
  }

  private void endTitle() {
    String words = PlainText.collapse(PlainText.clean(String.join(" ", lines)));
    page.add(Kind.HEADING, words);
    if (label == null && !words.isEmpty() && words.length() <= MAX_LABEL) {
      label = words;
    }
  }

  private String points() {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      points.append(i == 0 ? "" : "\n").append("  ".repeat(levels.get(i)));
      points.append("- ").append(lines.get(i).replace('\n', ' '));
    }
    return points.toString();
  }

  void cell(String raw) {
    cells.add(PlainText.collapse(raw));
  }

  void endRow() {
    if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
      table.append(table.isEmpty() ? "" : "\n").append(String.join(" | ", cells));
    }
    cells.clear();
  }

  void endTable() {
    page.add(Kind.TABLE, table.toString());
    table.setLength(0);
  }

  void note(String raw) {
    String text = PlainText.collapseLines(raw);
    if (!text.isEmpty()) {
      notes.add(text);
    }
  }

  void give(Pages pages) {
    page.add(Kind.PARAGRAPH, String.join("\n", notes));
    pages.give(page, label);
  }
}
