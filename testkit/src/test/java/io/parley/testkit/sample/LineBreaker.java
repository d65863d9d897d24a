package io.parley.testkit.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Breaks a paragraph into lines, greedily, and hyphenates a word only at its {@code ~}. */
final class LineBreaker {

  private final ToDoubleFunction<String> widthOf;
  private final double limit;

  LineBreaker(ToDoubleFunction<String> widthOf, double limit) {
    this.widthOf = widthOf;
    this.limit = limit;
  }

  List<String> lines(String text) {
    var lines = new ArrayList<String>();
    var line = "";
    for (var word : text.split(" ")) {
      var longer = join(line, word.replace("~", ""));
      if (line.isEmpty() || fits(longer)) {
        line = longer;
        continue;
      }
      var tilde = word.indexOf('~');
      var head = tilde < 0 ? "" : join(line, word.substring(0, tilde) + "-");
      var hyphenated = tilde >= 0 && fits(head);
      lines.add(hyphenated ? head : line);
      line = hyphenated ? word.substring(tilde + 1) : word.replace("~", "");
    }
    lines.add(line);
    return lines;
  }

  private boolean fits(String line) {
    return widthOf.applyAsDouble(line) <= limit;
  }

  private static String join(String line, String word) {
    return line.isEmpty() ? word : line + " " + word;
  }
}
