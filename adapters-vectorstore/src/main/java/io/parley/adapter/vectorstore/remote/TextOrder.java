package io.parley.adapter.vectorstore.remote;

import java.util.ArrayList;
import java.util.List;

/**
 * Texts as rows of numbers, whose order number by number is the texts' order by code unit: three
 * units make a number, and a zero follows the last. A text of which more than {@link #MOST} units
 * are the beginning of another cannot be told from it.
 */
final class TextOrder {
  /** UTF-16 units that count. */
  static final int MOST = 60;

  private static final int UNITS = 3;

  /** A unit, or none, fits below it; its cube fits a double exactly. */
  private static final long BASE = 65_537;

  private TextOrder() {}

  /** The numbers of a text, at most {@code MOST / 3}, and the zero where it ends before that. */
  static List<Double> numbers(String text) {
    List<Double> numbers = new ArrayList<>();
    int end = Math.min(text.length(), MOST);
    for (int at = 0; at < end; at += UNITS) {
      long number = 0;
      for (int unit = at; unit < at + UNITS; unit++) {
        number = number * BASE + (unit < end ? text.charAt(unit) + 1L : 0);
      }
      numbers.add((double) number);
    }
    if (text.length() < MOST) {
      numbers.add(0.0);
    }
    return numbers;
  }
}
