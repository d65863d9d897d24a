package io.parley.faults.step;

import io.parley.faults.Database;
import io.parley.faults.RunReport;
import io.parley.faults.ledger.ExpectedDocument;
import io.parley.faults.ledger.ExpectedDocument.Erasing;
import io.parley.testkit.fault.FaultPoint;
import io.parley.testkit.fault.FaultPoint.Effect;
import io.parley.testkit.fault.FaultPoint.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Halts processes at their port calls, on several databases of one PostgreSQL side by side, and has
 * the stores checked after each.
 */
public final class StepKills {
  /** So often a process that recovers from a halt is halted too. */
  private static final int RECOVERY_ONE_IN = 5;

  /** So often a call fails instead of halting the process. */
  private static final int FAILURE_ONE_IN = 5;

  private static final int CALLS_OF_RECOVERY = 90;

  private final Database database;
  private final Path directory;
  private final Path reports;
  private final RunReport report;
  private final long seed;
  private final List<String> flags;

  /**
   * @param flags more flags for the processes that are halted
   */
  public StepKills(
      Database database,
      Path directory,
      Path reports,
      RunReport report,
      long seed,
      List<String> flags) {
    this.database = database;
    this.directory = directory;
    this.reports = reports;
    this.report = report;
    this.seed = seed;
    this.flags = List.copyOf(flags);
    report.fact("seed", seed);
  }

  /** Runs until there were so many halts. */
  public void kill(int halts, int lanes) throws Exception {
    side(lanes, lane -> killIn(lane, halts));
    report.write(reports);
  }

  /** Runs until so many documents were erased. */
  public void erase(int documents, int lanes) throws Exception {
    int each = (documents + lanes - 1) / lanes;
    side(lanes, lane -> eraseIn(lane, each));
    report.write(reports);
  }

  /** What is done in one lane. */
  @FunctionalInterface
  private interface Work {
    void in(int lane) throws IOException, SQLException, InterruptedException;
  }

  private static void side(int lanes, Work work) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(lanes)) {
      List<Callable<Boolean>> all = new ArrayList<>();
      for (int lane = 1; lane <= lanes; lane++) {
        int number = lane;
        all.add(() -> {
          work.in(number);
          return true;
        });
      }
      for (Future<Boolean> done : threads.invokeAll(all)) {
        rethrow(done);
      }
    }
  }

  private static void rethrow(Future<Boolean> done) throws Exception {
    try {
      done.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private void killIn(int number, int halts)
      throws IOException, SQLException, InterruptedException {
    Random random = new Random(seed + number);
    try (Lane lane = lane(number)) {
      Map<String, Long> calls = lane.carryOut("run " + StepChild.NOWHERE);
      StepPlan kills = StepPlan.halts(calls, random);
      StepPlan failures = StepPlan.failures(calls, random);
      report.fact("points of the flow", kills.size());
      while (report.counted("kills") < halts) {
        boolean fail = random.nextInt(FAILURE_ONE_IN) == 0;
        lane.carryOut("run " + (fail ? failures : kills).next());
        if (!lane.isRunning() && random.nextInt(RECOVERY_ONE_IN) == 0) {
          lane.haltWhileRecovering(recovery(random));
        }
        report.write(reports);
      }
      finish(lane);
    }
  }

  private static FaultPoint recovery(Random random) {
    Moment moment = random.nextBoolean() ? Moment.BEFORE : Moment.AFTER;
    return new FaultPoint(
        FaultPoint.ANY, 1 + random.nextInt(CALLS_OF_RECOVERY), moment, Effect.HALT);
  }

  private void eraseIn(int number, int documents)
      throws IOException, SQLException, InterruptedException {
    Random random = new Random(seed + number);
    try (Lane lane = lane(number)) {
      long before = 0;
      for (long erased = 0; erased < documents; erased = erased(lane)) {
        lane.carryOut("erase " + documents + " " + random.nextLong());
        report.count("documents erased", erased(lane) - before);
        before = erased(lane);
        report.write(reports);
      }
      finish(lane);
    }
  }

  private static long erased(Lane lane) {
    return lane.expectations().documents().stream()
        .map(ExpectedDocument::erasing)
        .filter(Erasing.ACKNOWLEDGED::equals)
        .count();
  }

  private void finish(Lane lane) throws IOException, SQLException, InterruptedException {
    int status = lane.running().end();
    report.count("processes that ended in good order with status " + status);
    lane.expectations().counts().forEach(report::count);
  }

  private Lane lane(int number) throws IOException, SQLException {
    Path place = Files.createDirectories(directory.resolve("lane-" + number));
    String url = database.create("lane_" + number);
    return new Lane(
        new ChildSettings(url, database.user(), database.password(), place, Optional.empty()),
        flags,
        report);
  }
}
