package io.parley.faults.step;

import io.parley.faults.RunReport;
import io.parley.faults.check.Findings;
import io.parley.faults.check.StoreCheck;
import io.parley.faults.check.Violation;
import io.parley.faults.ledger.Expectations;
import io.parley.faults.step.ChildProcess.Rest;
import io.parley.faults.step.StepPlan.Target;
import io.parley.testkit.fault.FaultInjector;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One database with its directories, and the processes that are halted on it one after another. */
final class Lane implements AutoCloseable {
  private final ChildSettings settings;
  private final List<String> flags;
  private final RunReport report;
  private final StepPlan plan;
  private final Expectations expectations = new Expectations();
  private @Nullable ChildProcess child;
  private String last = "the start";
  private String doing = "start";

  Lane(ChildSettings settings, List<String> flags, RunReport report, StepPlan plan) {
    this.settings = settings;
    this.flags = flags;
    this.report = report;
    this.plan = plan;
  }

  /**
   * Runs a flow, breaks it at the point, and has the stores checked when all has come to rest: at
   * once, or after a restart when the process was halted.
   */
  void breakAt(Target target) throws IOException, SQLException, InterruptedException {
    Optional<Rest> rest = carryOut("run " + target);
    if (rest.isEmpty() || rest.get().broken()) {
      plan.broke(target);
    }
    rest.ifPresent(r -> report.count(r.broken() ? "failures injected" : "points not reached"));
  }

  /**
   * Has an order carried out, and the stores checked when all has come to rest.
   *
   * @return empty when the process was halted
   */
  Optional<Rest> carryOut(String order) throws IOException, SQLException, InterruptedException {
    ChildProcess running = running();
    begin(order);
    Optional<Rest> rest = running.isOrdered(order) ? running.rest() : Optional.empty();
    if (rest.isPresent()) {
      look(rest.get());
    } else {
      requireHalted(running);
    }
    return rest;
  }

  /** What a flow left unfinished is what the next process finds: its name is remembered. */
  private void begin(String order) {
    String[] words = order.split(" ", -1);
    last = order;
    doing = words[0].equals("run") ? words[1] : words[0];
  }

  /** Asks for what was erased and reconciles; then no file is left over. */
  void examine() throws IOException, SQLException, InterruptedException {
    if (carryOut("examine").isPresent()) {
      report.count("examinations: everything erased asked for, stores reconciled");
      Findings after = StoreCheck.of(settings.stores(), expectations);
      after.requireNone("files for the reconciler", "the reconciler has left a file");
      report.checked(after, last);
    }
  }

  /** Runs a flow and ends it by a signal after so long. */
  void killWithin(FlowKind flow, Duration time)
      throws IOException, SQLException, InterruptedException {
    ChildProcess running = running();
    String order = "run " + flow + " " + StepChild.NOWHERE;
    begin(order);
    last = "run " + flow + ", killed after " + time;
    if (running.isOrdered(order)) {
      Thread.sleep(time);
      killNow();
    } else {
      requireHalted(running);
    }
  }

  /** Ends the process, if one runs, by a signal; whatever it is doing. */
  void killNow() throws InterruptedException {
    ChildProcess running = child;
    if (running != null) {
      child = null;
      if (running.kill() == FaultInjector.HALTED) {
        report.count("kills");
        report.count("kills by a signal at any moment");
      }
    }
  }

  /** Starts a process after a halt and halts it while it recovers; another one will recover. */
  void haltWhileRecovering() throws IOException, SQLException, InterruptedException {
    Target target = plan.nextRecovery(doing);
    ChildProcess starting = ChildProcess.start(settings.breakingAt(target.point()), flags);
    last = last + ", then " + target;
    child = starting;
    Optional<Rest> rest = starting.rest();
    if (rest.isPresent()) {
      report.count("points not reached");
      report.count("points of recoveries not reached");
      plan.learnRecovery(doing, rest.get().calls());
      look(rest.get());
    } else {
      plan.broke(target);
      requireHalted(starting);
      report.count("kills while recovering");
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
    long begin = System.nanoTime();
    now = ChildProcess.start(settings, flags);
    child = now;
    Optional<Rest> rest = now.rest();
    if (rest.isEmpty()) {
      throw new IOException(
          "A process did not come up: "
              + now.exitStatus()
              + " "
              + ChildProcess.lastLines(settings.directory()));
    }
    report.spent("starting and recovering", System.nanoTime() - begin);
    plan.learnRecovery(doing, rest.get().calls());
    look(rest.get());
    return now;
  }

  private void look(Rest rest) throws IOException, SQLException {
    if (rest.stuck()) {
      report.violation(new Violation("work does not end", settings.directory().toString()), last);
    }
    long begin = System.nanoTime();
    expectations.readOn(settings.ledger());
    report.checked(StoreCheck.of(settings.stores(), expectations), last);
    report.spent("checking", System.nanoTime() - begin);
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
