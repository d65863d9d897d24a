package io.parley.faults.server;

import io.parley.faults.RunReport;
import io.parley.faults.check.Violation;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What may be expected of a server that is told to stop, and of what it has begun. */
final class StopDemands {
  private static final String LEASED = "select count(*) from jobs where state = 'running'";
  private static final String LATER =
      "select count(*) from jobs where state = 'queued' and kind = 'ingest' and not_before > now()";
  private static final String WAITING =
      "select count(*) from jobs where state = 'queued' and kind = 'ingest'";

  private final RunReport report;
  private final Duration patience;

  /**
   * @param patience until it has ended
   */
  StopDemands(RunReport report, Duration patience) {
    this.report = report;
    this.patience = patience;
  }

  /** It has ended. */
  void stopped(int status, Duration took) {
    report.count("stops with status " + status);
    report.most("ms until it had ended", took.toMillis());
    if (status != 0 || took.compareTo(patience) > 0) {
      violation("a server did not stop in good order", status + " after " + took);
    }
  }

  /** Each of the requests that had begun ends well. */
  void finished(List<Future<Boolean>> requests, Duration within) throws InterruptedException {
    for (Future<Boolean> request : requests) {
      try {
        boolean well = request.get(within.toMillis(), TimeUnit.MILLISECONDS);
        report.count(well ? "requests that ended well" : "requests that were refused");
        if (!well) {
          violation("a request was refused at the stop", "see log");
        }
      } catch (ExecutionException e) {
        violation("a request was cut off by the stop", String.valueOf(e.getCause()));
      } catch (TimeoutException e) {
        violation("a request did not end with the server", "it waits");
      }
    }
  }

  /** Nobody holds work any more, and all of it may be taken at once. */
  void leases(Connection database) throws SQLException {
    report.count("jobs handed back or waiting", SharedServers.number(database, WAITING));
    if (SharedServers.number(database, LEASED) > 0) {
      violation("a stopped server kept a lease", "see jobs");
    }
    if (SharedServers.number(database, LATER) > 0) {
      violation("handed back, but not for now", "see jobs");
    }
  }

  private void violation(String rule, String detail) {
    report.violation(new Violation(rule, detail), "a stop");
  }
}
