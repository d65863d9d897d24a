package io.parley.adapter.ai.extraction.worker;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Puts a printed line with right-to-left words, which lies on the page from left to right, into the
 * order in which it is read: the inverse of what a program does before it prints. Where two texts
 * would be printed alike, Latin words keep together with a number that follows them.
 */
final class ReadingOrder {

  private static final Pattern JOINS_NUMBERS = Pattern.compile("[.,:/+-]");
  private static final Pattern BELONGS_TO_NUMBERS = Pattern.compile("[%$€£¥#°٪]");
  private static final Pattern FORMS = Pattern.compile("[\uFB1D-\uFDFF\uFE70-\uFEFC]");
  private static final String OPEN = "([{<«‹";
  private static final String CLOSE = ")]}>»›";

  private final List<String> units;
  private final StringBuilder read = new StringBuilder();

  private ReadingOrder(List<String> units) {
    this.units = units;
  }

  /**
   * The line as it is read.
   *
   * @param units characters with their marks, from left to right
   * @param rightToLeft whether the line belongs to right-to-left text
   */
  static String of(List<String> units, boolean rightToLeft) {
    ReadingOrder order = new ReadingOrder(units);
    if (rightToLeft) {
      order.rightToLeft(0, units.size());
    } else {
      order.leftToRight();
    }
    return order.read.toString();
  }

  static boolean isRightToLeft(String unit) {
    return direction(unit) == Direction.RIGHT;
  }

  static boolean isLeftToRight(String unit) {
    return direction(unit) == Direction.LEFT;
  }

  /** Right-to-left words, with what stands between them, are turned; the rest stays. */
  private void leftToRight() {
    int at = 0;
    while (at < units.size()) {
      if (!isRightToLeft(units.get(at))) {
        read.append(units.get(at++));
        continue;
      }
      int end = at + 1;
      for (int i = at; i < units.size() && !isLeftToRight(units.get(i)); i++) {
        end = isRightToLeft(units.get(i)) ? i + 1 : end;
      }
      rightToLeft(at, end);
      at = end;
    }
  }

  /** From the right to the left; Latin words and numbers in their own direction. */
  private void rightToLeft(int start, int end) {
    List<int[]> pieces = new ArrayList<>();
    for (int at = start; at < end; ) {
      int to = pieceEnd(at, end);
      pieces.add(new int[] {at, to});
      at = to;
    }
    for (int[] piece : pieces.reversed()) {
      if (piece[1] - piece[0] == 1) {
        read.append(turned(units.get(piece[0])));
      } else {
        units.subList(piece[0], piece[1]).forEach(read::append);
      }
    }
  }

  private int pieceEnd(int start, int end) {
    return switch (direction(units.get(start))) {
      case LEFT -> wordsEnd(start, end);
      case NUMBER -> numberEnd(start, end);
      case RIGHT -> start + 1;
      case NEITHER -> {
        boolean sign = start + 1 < end && BELONGS_TO_NUMBERS.matcher(units.get(start)).matches();
        yield sign && isNumber(start + 1) ? numberEnd(start + 1, end) : start + 1;
      }
    };
  }

  private int wordsEnd(int start, int end) {
    int last = start;
    for (int i = start; i < end && !isRightToLeft(units.get(i)); i++) {
      last = direction(units.get(i)) == Direction.NEITHER ? last : i;
    }
    return last + 1;
  }

  private int numberEnd(int start, int end) {
    int at = start;
    while (at < end
        && (isNumber(at)
            || (at + 1 < end
                && isNumber(at + 1)
                && JOINS_NUMBERS.matcher(units.get(at)).matches()))) {
      at++;
    }
    return at < end && BELONGS_TO_NUMBERS.matcher(units.get(at)).matches() ? at + 1 : at;
  }

  private boolean isNumber(int at) {
    return direction(units.get(at)) == Direction.NUMBER;
  }

  /** Of a bracket its counterpart, of a letter's printed form the letter. */
  private static String turned(String unit) {
    int open = unit.length() == 1 ? OPEN.indexOf(unit) : -1;
    if (open >= 0) {
      return CLOSE.substring(open, open + 1);
    }
    int close = unit.length() == 1 ? CLOSE.indexOf(unit) : -1;
    if (close >= 0) {
      return OPEN.substring(close, close + 1);
    }
    return FORMS.matcher(unit).find() ? Normalizer.normalize(unit, Normalizer.Form.NFKC) : unit;
  }

  private enum Direction {
    LEFT,
    RIGHT,
    NUMBER,
    NEITHER
  }

  private static Direction direction(String unit) {
    if (unit.isEmpty()) {
      return Direction.NEITHER;
    }
    return switch (Character.getDirectionality(unit.codePointAt(0))) {
      case Character.DIRECTIONALITY_LEFT_TO_RIGHT -> Direction.LEFT;
      case Character.DIRECTIONALITY_RIGHT_TO_LEFT, Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC ->
          Direction.RIGHT;
      case Character.DIRECTIONALITY_EUROPEAN_NUMBER, Character.DIRECTIONALITY_ARABIC_NUMBER ->
          Direction.NUMBER;
      default -> Direction.NEITHER;
    };
  }
}
