package io.parley.adapter.ai.extraction.worker;

import java.util.ArrayList;
import java.util.List;

/** Which character stands between the cells of a table that is written as text. */
public final class CsvSeparator {

  private static final char[] KNOWN = {',', ';', '\t', '|'};

  private CsvSeparator() {}

  /** The one by which most rows of the beginning have equally many cells; else a comma. */
  static char of(String start) {
    char best = ',';
    long most = 0;
    for (char candidate : KNOWN) {
      long agreeing = agreeing(cells(start, candidate));
      if (agreeing > most) {
        most = agreeing;
        best = candidate;
      }
    }
    return best;
  }

  /** Rows with as many cells as the first, times these; nothing for a single column. */
  private static long agreeing(List<Integer> rows) {
    if (rows.isEmpty() || rows.getFirst() < 2) {
      return 0;
    }
    int first = rows.getFirst();
    return rows.stream().filter(row -> row == first).count() * Math.min(first, 50);
  }

  /** The number of cells in each row of the beginning, quoted ones counted once. */
  public static List<Integer> cells(String start, char separator) {
    List<Integer> rows = new ArrayList<>();
    boolean quoted = false;
    boolean empty = true;
    int cells = 1;
    for (int i = 0; i < start.length(); i++) {
      char c = start.charAt(i);
      quoted ^= c == '"';
      if (c == '\n' && !quoted) {
        if (!empty) {
          rows.add(cells);
        }
        cells = 1;
        empty = true;
        continue;
      }
      cells += c == separator && !quoted ? 1 : 0;
      empty &= Character.isWhitespace(c);
    }
    return rows;
  }
}
