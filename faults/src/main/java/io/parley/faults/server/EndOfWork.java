package io.parley.faults.server;

import io.parley.faults.RunReport;
import io.parley.faults.check.StoreCheck;
import io.parley.faults.check.Violation;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Waits until servers have done all there is to do. That it does not come is a violation. */
final class EndOfWork {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long LOOK_AGAIN_MILLIS = 50;

  private EndOfWork() {}

  /**
   * @param followers how many indexes must have followed the whole log
   * @param after what was done before, for the report
   */
  static void await(Connection database, int followers, RunReport report, String after)
      throws SQLException, InterruptedException {
    await(database, followers, report, after, PATIENCE);
  }

  static void await(
      Connection database, int followers, RunReport report, String after, Duration patience)
      throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!StoreCheck.isQuiet(database, followers)) {
      if (System.nanoTime() > deadline) {
        report.violation(new Violation("work does not end", database.toString()), after);
        return;
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
  }
}
