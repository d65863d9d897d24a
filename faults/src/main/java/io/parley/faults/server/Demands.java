package io.parley.faults.server;

import io.parley.faults.RunReport;
import io.parley.faults.check.Violation;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What users of a server may expect while something it needs is away: it answers, or it says in so
 * many words when to come back; never anything else, and never late: what is good may take its time
 * on a slow machine.
 */
final class Demands implements Onlooker {
  /** What clients count when a connection ends without an answer. */
  static final String CUT_OFF = "a request was cut off";

  private final RunReport report;
  private final Duration patience;
  private final Predicate<HttpRequest> mayBeRefused;

  Demands(RunReport report, Duration patience) {
    this(report, patience, _ -> true);
  }

  /**
   * @param mayBeRefused which requests need what is away
   */
  Demands(RunReport report, Duration patience, Predicate<HttpRequest> mayBeRefused) {
    this.report = report;
    this.patience = patience;
    this.mayBeRefused = mayBeRefused;
  }

  @Override
  public void saw(HttpRequest request, Answer answer, Duration took) {
    String what = request.method() + " " + request.uri().getPath() + ": " + answer;
    if (answer.good()) {
      report.count("answers that were good");
    } else if (answer.comeBackLater() && mayBeRefused.test(request)) {
      report.count("answers " + answer.status() + " that say when to come back");
    } else {
      report.violation(
          new Violation("an answer is neither good nor says when to come back", what), "requests");
    }
    if (!answer.good() && took.compareTo(patience) > 0) {
      String late = took.toSeconds() + " s: " + what;
      report.violation(new Violation("a refusal came late", late), "requests");
    }
    report.most(answer.good() ? "longest good answer, ms" : "longest refusal, ms", took.toMillis());
  }

  /**
   * What was away is back.
   *
   * @param how it was away
   * @param took until users were served again
   */
  void back(String how, Duration took, Duration allowed) {
    report.count("absences: " + how);
    report.most("ms until all was served again, " + how, took.toMillis());
    if (took.compareTo(allowed) > 0) {
      report.violation(new Violation("not back in time", how), took.toMillis() + " ms");
    }
  }

  /**
   * Nobody's request was left without an answer.
   *
   * @param counts what the clients counted
   */
  void answered(Map<String, Long> counts, String where) {
    if (counts.containsKey(CUT_OFF)) {
      report.violation(new Violation("a request got no answer", "see counts"), where);
    }
  }
}
