package io.parley.faults.step;

import io.parley.faults.Database;
import io.parley.faults.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Makes lanes on databases of one PostgreSQL, and has work done in some of them side by side. */
final class Lanes {
  private final Database database;
  private final Path directory;
  private final RunReport report;
  private final StepPlan plan;
  private final List<String> flags;

  /**
   * @param flags more flags for the processes that are halted
   */
  Lanes(Database database, Path directory, RunReport report, StepPlan plan, List<String> flags) {
    this.database = database;
    this.directory = directory;
    this.report = report;
    this.plan = plan;
    this.flags = new ArrayList<>(flags);
  }

  /** Makes a cache by which the processes start in less time; worth its while for long runs. */
  void trainStarts() throws IOException, SQLException, InterruptedException {
    Path cache = directory.resolve("starts.aot");
    List<String> training = new ArrayList<>(flags);
    training.add("-XX:AOTCacheOutput=" + cache);
    try (Lane lane = open("training", training)) {
      var _ = lane.carryOut("run " + FlowKind.WHOLE + " " + StepChild.NOWHERE);
      lane.running().end();
    }
    if (Files.exists(cache)) {
      flags.add("-XX:AOTCache=" + cache);
    }
    report.fact("start-up cache", Files.exists(cache));
  }

  /** What is done in one lane. */
  @FunctionalInterface
  interface Work {
    void in(int lane) throws IOException, SQLException, InterruptedException;
  }

  static void side(int lanes, Work work) throws Exception {
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

  /** Ends its process in good order. */
  void finish(Lane lane) throws IOException, SQLException, InterruptedException {
    int status = lane.running().end();
    report.count("processes that ended in good order with status " + status);
    lane.expectations().counts().forEach(report::count);
  }

  /** On an empty database. */
  Lane open(String name) throws IOException, SQLException {
    return open(name, flags);
  }

  private Lane open(String name, List<String> flags) throws IOException, SQLException {
    Path place = Files.createDirectories(directory.resolve(name));
    String url = database.create(name);
    return new Lane(
        new ChildSettings(url, database.user(), database.password(), place, Optional.empty()),
        flags,
        report,
        plan);
  }
}
