package io.parley.adapter.ai.extraction.worker;

import io.parley.domain.document.PageText.Block.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pages of sheets. A page is one table whose first line names the columns; a long sheet goes on
 * on further pages, each of which begins with that line again. What stands in the first column
 * alone above the table is text before it. Blank rows are left out, and so is the endless nothing
 * between a table and a cell far away.
 */
final class SheetPages {

  /** Length at which a sheet goes on on the next page, in UTF-16 units. */
  static final int LONG = 10_000;

  private static final int MOST_TITLES = 20;
  private static final int WIDE_GAP = 8;

  private final Pages pages;
  private final PageBuilder page = new PageBuilder();
  private final List<String> titles = new ArrayList<>();
  private final StringBuilder table = new StringBuilder();
  private @Nullable String sheet;
  private String header = "";
  private boolean anyTable;
  private boolean cut;
  private int first;
  private int last;

  SheetPages(Pages pages) {
    this.pages = pages;
  }

  /**
   * Begins a sheet.
   *
   * @param name null where there is only one, which has none
   */
  void begin(@Nullable String name) {
    sheet = name == null ? null : PlainText.collapse(PlainText.clean(name));
    titles.clear();
    table.setLength(0);
    header = "";
    anyTable = false;
    cut = false;
    first = 0;
  }

  /**
   * The next row that is seen.
   *
   * @param number counts from 1 in the sheet
   * @param cells from its first column on
   */
  void row(int number, List<String> cells) {
    String line = line(cells);
    if (line.isEmpty()) {
      return;
    }
    if (!anyTable && isTitle(cells)) {
      place(number);
      titles.add(line);
      return;
    }
    if (!anyTable) {
      beginTable(number, line);
      return;
    }
    if (table.length() + line.length() > LONG && table.length() > header.length()) {
      cut = true;
      give();
      table.append(header);
    }
    place(number);
    table.append(table.isEmpty() ? "" : "\n").append(line);
  }

  private boolean isTitle(List<String> cells) {
    return titles.size() < MOST_TITLES && cells.stream().filter(c -> !c.isBlank()).count() == 1;
  }

  private void place(int number) {
    first = first == 0 ? number : first;
    last = number;
  }

  /** A header that fills a page is not repeated. */
  private void beginTable(int number, String line) {
    anyTable = true;
    boolean list = titles.size() == MOST_TITLES;
    if (list) {
      table.append(String.join("\n", titles)).append('\n');
    } else {
      titles.forEach(title -> page.add(Kind.PARAGRAPH, title));
      header = line.length() <= LONG / 2 ? line : "";
    }
    place(number);
    table.append(line);
  }

  /** Ends the sheet. A sheet without words is an empty page, so that sheets keep their numbers. */
  void end() {
    if (!anyTable) {
      table.append(String.join("\n", titles));
    }
    give();
  }

  private void give() {
    page.add(Kind.TABLE, table.toString());
    pages.give(page, label());
    table.setLength(0);
    first = 0;
  }

  private @Nullable String label() {
    if (!cut || first == 0) {
      return sheet;
    }
    String rows = "rows " + first + "–" + last;
    return sheet == null ? rows : sheet + ", " + rows;
  }

  /** The cells of a row; a long run of empty ones is one ellipsis. */
  private static String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    int empty = 0;
    for (int i = 0; i < cells.size(); i++) {
      String cell = PlainText.collapse(PlainText.clean(cells.get(i)));
      if (cell.isEmpty()) {
        empty++;
        continue;
      }
      gap(line, empty, i == empty);
      empty = 0;
      line.append(cell);
      if (line.length() > Pages.MAX_PAGE) {
        throw new UnreadableException(Problem.TOO_MUCH_TEXT);
      }
    }
    return line.toString();
  }

  private static void gap(StringBuilder line, int empty, boolean leading) {
    if (leading && empty == 0) {
      return;
    }
    if (empty >= WIDE_GAP) {
      line.append(leading ? "… |" : " | … |");
    } else {
      line.append(leading ? "|" + " |".repeat(empty - 1) : " |".repeat(empty + 1));
    }
    line.append(' ');
  }
}
