package io.parley.bootstrap.answers;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How often something was right, by name. */
final class Rates {
  private final Map<String, int[]> counts = new TreeMap<>();

  void add(String name, boolean right) {
    int[] count = counts.computeIfAbsent(name, _ -> new int[2]);
    count[0] += right ? 1 : 0;
    count[1]++;
  }

  /** 0–1; fails for what was never counted, so that a misspelt name is no success. */
  double of(String name) {
    int[] count = counts.get(name);
    if (count == null) {
      throw new IllegalArgumentException("Nothing was counted as " + name + ".");
    }
    return (double) count[0] / count[1];
  }

  /** A line a name. */
  String table() {
    StringBuilder lines = new StringBuilder();
    counts.forEach((name, count) ->
        lines.append(String.format(Locale.ROOT, "%-50s %3d of %3d%n", name, count[0], count[1])));
    return lines.toString();
  }
}
