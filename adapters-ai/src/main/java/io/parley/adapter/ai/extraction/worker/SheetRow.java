package io.parley.adapter.ai.extraction.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The cells of one row as they come, by their columns; hidden ones are passed over. */
final class SheetRow {

  /** The last column that a sheet can have. */
  static final int LAST = 16_383;

  private final List<String> cells = new ArrayList<>();
  private final Set<Integer> hiddenColumns;
  private int next;

  SheetRow(Set<Integer> hiddenColumns) {
    this.hiddenColumns = hiddenColumns;
  }

  /**
   * Puts a cell to the right of those before.
   *
   * @param column counts from 0; one that cannot be is taken for the next
   */
  void put(int column, String text) {
    int place = column < next || column > LAST ? next : column;
    if (text.isBlank() || place > LAST) {
      return;
    }
    for (; next < place; next++) {
      if (!hiddenColumns.contains(next)) {
        cells.add("");
      }
    }
    if (!hiddenColumns.contains(next++)) {
      cells.add(text);
    }
  }

  List<String> cells() {
    return cells;
  }

  void clear() {
    cells.clear();
    next = 0;
  }
}
