package io.parley.faults.step;

import io.parley.faults.RunReport;
import io.parley.faults.check.StoreCheck;
import io.parley.faults.check.Violation;
import io.parley.faults.ledger.Expectations;
import io.parley.testkit.fault.FaultInjector;
import io.parley.testkit.fault.FaultPoint;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One database with its directories, and the processes that are halted on it one after another. */
final class Lane implements AutoCloseable {
  private final ChildSettings settings;
  private final List<String> flags;
  private final RunReport report;
  private final Expectations expectations = new Expectations();
  private @Nullable ChildProcess child;
  private String last = "the start";

  Lane(ChildSettings settings, List<String> flags, RunReport report) {
    this.settings = settings;
    this.flags = flags;
    this.report = report;
  }

  /**
   * Has an order carried out, and the stores checked when all has come to rest: at once, or after a
   * restart when the process was halted.
   *
   * @return what was called, where the process lived to say so
   */
  Map<String, Long> carryOut(String order) throws IOException, SQLException, InterruptedException {
    ChildProcess running = running();
    last = order;
    running.order(order);
    Optional<ChildProcess.Rest> rest = running.rest();
    if (rest.isPresent()) {
      look(rest.get());
      report.count(rest.get().broken() ? "failures injected" : "points not reached");
      return rest.get().calls();
    }
    requireHalted(running);
    return Map.of();
  }

  /** Starts a process after a halt, halts it while it recovers, and lets another one recover. */
  void haltWhileRecovering(FaultPoint point) throws IOException, InterruptedException {
    try (ChildProcess starting =
        ChildProcess.start(
            new ChildSettings(
                settings.jdbcUrl(),
                settings.user(),
                settings.password(),
                settings.directory(),
                Optional.of(point)),
            flags)) {
      last = last + ", then at the start " + point;
      if (starting.rest().isPresent()) {
        report.count("points not reached");
        starting.end();
      } else {
        requireHalted(starting);
        report.count("kills while recovering");
      }
    }
  }

  private void requireHalted(ChildProcess ended) throws IOException, InterruptedException {
    child = null;
    int status = ended.exitStatus();
    if (status == FaultInjector.HALTED) {
      report.count("kills");
    } else {
      report.violation(
          new Violation(
              "the process ended by itself",
              status + ": " + ChildProcess.lastLines(settings.directory())),
          last);
    }
  }

  boolean isRunning() {
    return child != null;
  }

  /** The process, recovered and checked. */
  ChildProcess running() throws IOException, SQLException, InterruptedException {
    ChildProcess now = child;
    if (now != null) {
      return now;
    }
    now = ChildProcess.start(settings, flags);
    child = now;
    Optional<ChildProcess.Rest> rest = now.rest();
    if (rest.isEmpty()) {
      throw new IOException(
          "A process did not come up: " + ChildProcess.lastLines(settings.directory()));
    }
    look(rest.get());
    return now;
  }

  private void look(ChildProcess.Rest rest) throws IOException, SQLException {
    if (rest.stuck()) {
      report.violation(new Violation("work does not end", settings.directory().toString()), last);
    }
    expectations.readOn(settings.ledger());
    report.checked(StoreCheck.of(settings.stores(), expectations), last);
  }

  Expectations expectations() {
    return expectations;
  }

  @Override
  public void close() {
    ChildProcess now = child;
    if (now != null) {
      now.close();
    }
  }
}
