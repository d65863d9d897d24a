package io.parley.benchmarks.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** What several measurements say together. */
final class Figures {
  private Figures() {}

  /** Least, middle and most. */
  static String spread(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "min %.0f  median %.0f  max %.0f",
        sorted[0],
        sorted[sorted.length / 2],
        sorted[sorted.length - 1]);
  }

  /** How busy the machine is with everything: a figure taken at more than its cores is too high. */
  static String load() throws IOException {
    Path file = Path.of("/proc/loadavg");
    String load = Files.exists(file) ? Files.readString(file).split(" ", -1)[0] : "?";
    return "load " + load + " on " + Runtime.getRuntime().availableProcessors() + " cores";
  }
}
