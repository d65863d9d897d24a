package io.parley.bootstrap.command;

import io.parley.application.check.CheckReport;
import io.parley.application.check.CheckResult;
import io.parley.bootstrap.door.PlainJson;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints what a run of checks found. */
record CheckPrinter(PrintWriter out) {

  void json(CheckReport report) {
    out.println(PlainJson.write(report.asMap()));
    out.flush();
  }

  void table(CheckReport report) {
    int subject = width(report, true);
    int check = width(report, false);
    for (CheckResult result : report.results()) {
      String line =
          String.format(
              Locale.ROOT,
              "%-8s %-" + subject + "s  %-" + check + "s %10.1f ms  %s",
              result.failed() ? "FAILED" : result.status(),
              result.subject(),
              result.check(),
              result.millis(),
              result.failed() ? "" : result.detail());
      out.println(line.stripTrailing());
      if (result.failed()) {
        out.println("         " + result.detail());
        out.println("         What to do: " + result.remedy());
      }
    }
    end(report);
    out.flush();
  }

  private static int width(CheckReport report, boolean ofSubject) {
    return report.results().stream()
        .mapToInt(result -> (ofSubject ? result.subject() : result.check()).length())
        .max()
        .orElse(1);
  }

  private void end(CheckReport report) {
    out.println();
    report.leftBehind().forEach(left -> out.println("Left behind, remove it by hand: " + left));
    if (report.stopped()) {
      out.println("Stopped before all was tried.");
    }
    out.printf(
        "%d passed, %d failed, %d skipped.%n",
        report.count("passed"), report.count("failed"), report.count("skipped"));
  }
}
