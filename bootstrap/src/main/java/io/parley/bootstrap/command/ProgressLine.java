package io.parley.bootstrap.command;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;

/** One line on a terminal that says how far things are; nothing elsewhere. */
final class ProgressLine {
  private static final int WIDTH = 20;
  private static final int LONGEST = 78;

  private final PrintStream out;
  private final boolean terminal;
  private String shown = "";

  ProgressLine(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Beside what a command prints, where somebody looks at a terminal. */
  static ProgressLine onTerminal(boolean wanted) {
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return new ProgressLine(System.err, terminal && wanted);
  }

  /** A bar with a text behind it. */
  void show(double share, String text) {
    int full = (int) Math.round(Math.clamp(share, 0, 1) * WIDTH);
    show("[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "] " + text);
  }

  void show(String text) {
    String line = text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
    if (terminal && !line.equals(shown)) {
      out.print("\r\u001b[2K" + line);
      out.flush();
      shown = line;
    }
  }

  void clear() {
    if (terminal) {
      out.print("\r\u001b[2K");
      out.flush();
      shown = "";
    }
  }
}
