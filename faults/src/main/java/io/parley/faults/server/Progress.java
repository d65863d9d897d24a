package io.parley.faults.server;

import io.parley.faults.RunReport;
import io.parley.faults.check.Violation;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** How far servers are with what they share. */
final class Progress {
  private static final long LOOK_AGAIN_MILLIS = 20;
  private static final Duration SOME = Duration.ofHours(1); // of many documents
  private static final String COMPLETE =
      "select count(*) from source_versions where status = 'complete'";

  private final Connection database;
  private final RunReport report;

  Progress(Connection database, RunReport report) {
    this.database = database;
    this.report = report;
  }

  private long complete() throws SQLException {
    return SharedServers.number(database, COMPLETE);
  }

  /** Waits until so many documents are complete. */
  void awaitComplete(long many) throws IOException, SQLException, InterruptedException {
    Deadline deadline = Deadline.in(SOME);
    while (complete() < many) {
      deadline.pause(LOOK_AGAIN_MILLIS, many + " documents are not complete");
    }
  }

  /**
   * Waits until all documents are complete, and finds the longest time in which none became so.
   *
   * @param allowed a longer time is a violation
   */
  void awaitAll(long documents, Duration allowed) throws SQLException, InterruptedException {
    long last = System.nanoTime();
    long longest = 0;
    for (long before = complete(); before < documents; Thread.sleep(LOOK_AGAIN_MILLIS)) {
      long now = complete();
      longest = Math.max(longest, System.nanoTime() - last);
      if (now > before) {
        last = System.nanoTime();
      }
      before = now;
      if (longest > allowed.toNanos()) {
        report.violation(
            new Violation("nothing became complete for long", allowed.toString()),
            before + " documents");
        return;
      }
    }
    report.fact("seconds until the work went on without it", Duration.ofNanos(longest).toSeconds());
  }

  /**
   * Waits until work has been done.
   *
   * @param jobs which
   */
  void awaitDone(List<String> jobs, Duration allowed) throws SQLException, InterruptedException {
    String which = jobs.stream().map(job -> "'" + job + "'").collect(Collectors.joining(", "));
    String left = "select count(*) from jobs where state in ('queued', 'running') and id in (";
    long deadline = System.nanoTime() + allowed.toNanos();
    while (SharedServers.number(database, left + which + ")") > 0) {
      if (System.nanoTime() > deadline) {
        report.violation(new Violation("nobody took the work over", which), "a stop");
        return;
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  void requireComplete(long documents) throws SQLException {
    long complete = complete();
    if (complete != documents) {
      report.violation(
          new Violation("not as many complete documents as were uploaded", documents + ""),
          complete + " are there");
    }
  }
}
