package io.parley.faults.step;

import io.parley.faults.Database;
import io.parley.faults.RunReport;
import io.parley.faults.check.FileCheck;
import io.parley.faults.check.Findings;
import io.parley.faults.ledger.ExpectedDocument;
import io.parley.faults.ledger.ExpectedDocument.Erasing;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Halts processes at their port calls, on several databases of one PostgreSQL side by side, and has
 * the stores checked after each.
 */
public final class StepKills {
  /** So often a process that recovers from a halt is halted too. */
  private static final int RECOVERY_ONE_IN = 4;

  /** So often a call fails instead of halting the process. */
  private static final int FAILURE_ONE_IN = 8;

  /** So often a signal ends the process, at any moment. */
  private static final int SIGNAL_ONE_IN = 25;

  /** So often all processes are ended, PostgreSQL with them. */
  private static final int POWER_CUT_ONE_IN = 80;

  private static final int SIGNAL_WITHIN_MILLIS = 1_000;

  /** After so many turns what was erased is asked for, and the stores are reconciled. */
  private static final int EXAMINED_EVERY = 10;

  /** After so many turns the next ones go on with empty stores, which are quick to check. */
  private static final int TURNS_ON_ONE_DATABASE = 150;

  private final Database database;
  private final Path directory;
  private final Path reports;
  private final RunReport report;
  private final long seed;
  private final StepPlan plan;
  private final Lanes all;
  private final Set<Lane> lanes = ConcurrentHashMap.newKeySet();

  private final Set<String> erasedWords = ConcurrentHashMap.newKeySet();

  /** Whoever ends PostgreSQL writes. */
  private final ReadWriteLock power = new ReentrantReadWriteLock();

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
    this.plan = new StepPlan(new Random(seed));
    this.all = new Lanes(database, directory, report, plan, flags);
    report.fact("seed", seed);
  }

  /** Has the processes start in less time; worth its while for long runs. */
  public void trainStarts() throws Exception {
    all.trainStarts();
  }

  /** Runs until there were so many halts. */
  public void kill(int halts, int lanes) throws Exception {
    learnFlows(halts / 2);
    Lanes.side(lanes, lane -> killIn(lane, halts));
    write();
  }

  /** Runs until so many documents were erased. */
  public void erase(int documents, int lanes) throws Exception {
    int each = (documents + lanes - 1) / lanes;
    Lanes.side(lanes, lane -> eraseIn(lane, each));
    readFiles();
    report.write(reports);
  }

  private synchronized void write() throws IOException {
    report.fact("coverage", plan.coverage());
    report.write(reports);
  }

  /** Runs each flow, or some for a short run, without a fault and has its calls counted. */
  private void learnFlows(int atMost) throws IOException, SQLException, InterruptedException {
    List<FlowKind> flows = new ArrayList<>(List.of(FlowKind.values()));
    Collections.shuffle(flows, new Random(seed));
    flows.remove(FlowKind.INGEST);
    flows.addFirst(FlowKind.INGEST);
    try (Lane lane = all.open("counting")) {
      for (FlowKind flow : flows.subList(0, Math.clamp(atMost, 1, flows.size()))) {
        lane.carryOut("run " + flow + " " + StepChild.NOWHERE)
            .ifPresent(rest -> plan.learn(flow, rest.calls()));
      }
      lane.examine();
      all.finish(lane);
    }
  }

  private void killIn(int number, int halts)
      throws IOException, SQLException, InterruptedException {
    Random random = new Random(seed + number);
    for (int epoch = 1; report.counted("kills") < halts; epoch++) {
      try (Lane lane = all.open("lane_" + number + "_" + epoch)) {
        lanes.add(lane);
        for (int i = 1; i <= TURNS_ON_ONE_DATABASE && report.counted("kills") < halts; i++) {
          turn(lane, i, random);
        }
        power.readLock().lock();
        try {
          lane.examine();
          all.finish(lane);
        } finally {
          lanes.remove(lane);
          power.readLock().unlock();
        }
      }
    }
  }

  private void turn(Lane lane, int number, Random random)
      throws IOException, SQLException, InterruptedException {
    if (random.nextInt(POWER_CUT_ONE_IN) == 0) {
      cutPower(lane, random);
    }
    power.readLock().lock();
    try {
      breakOnce(lane, random);
      if (number % EXAMINED_EVERY == 0) {
        lane.examine();
        write();
      }
    } finally {
      power.readLock().unlock();
    }
  }

  private void breakOnce(Lane lane, Random random)
      throws IOException, SQLException, InterruptedException {
    if (random.nextInt(SIGNAL_ONE_IN) == 0) {
      lane.killWithin(anyFlow(random), within(random));
    } else {
      boolean fail = random.nextInt(FAILURE_ONE_IN) == 0;
      lane.breakAt(fail ? plan.nextFailure() : plan.next());
    }
    if (!lane.isRunning() && random.nextInt(RECOVERY_ONE_IN) == 0) {
      lane.haltWhileRecovering();
    }
    var _ = lane.running();
  }

  private static FlowKind anyFlow(Random random) {
    List<FlowKind> flows = List.of(FlowKind.values());
    return flows.get(random.nextInt(flows.size()));
  }

  private static Duration within(Random random) {
    return Duration.ofMillis(random.nextInt(SIGNAL_WITHIN_MILLIS));
  }

  /** In the middle of a flow; the other lanes are between two turns. */
  private void cutPower(Lane lane, Random random)
      throws IOException, SQLException, InterruptedException {
    power.writeLock().lock();
    try {
      lane.killWithin(anyFlow(random), within(random));
      for (Lane other : lanes) {
        other.killNow();
      }
      database.kill();
      report.count("kills of PostgreSQL too");
    } finally {
      power.writeLock().unlock();
    }
  }

  private void eraseIn(int number, int documents)
      throws IOException, SQLException, InterruptedException {
    Random random = new Random(seed + number);
    try (Lane lane = all.open("lane_" + number)) {
      long before = 0;
      for (long erased = 0; erased < documents; erased = erased(lane)) {
        var _ = lane.carryOut("erase " + documents + " " + random.nextLong());
        var _ = lane.running();
        report.count("documents erased", erased(lane) - before);
        if (erased(lane) > before) {
          var _ = lane.carryOut("recall " + ManyErasures.TOGETHER);
        }
        before = erased(lane);
        report.write(reports);
      }
      lane.examine();
      all.finish(lane);
      erasedWords.addAll(lane.expectations().erasedCanaries());
    }
  }

  /** The client's own notes speak of everything; they are no store. */
  private void readFiles() throws IOException, SQLException {
    database.checkpoint();
    Findings files = FileCheck.of(directory, erasedWords, Set.of("ledger", "settings"));
    report.checked(files, "everything");
  }

  private static long erased(Lane lane) {
    return lane.expectations().documents().stream()
        .map(ExpectedDocument::erasing)
        .filter(Erasing.ACKNOWLEDGED::equals)
        .count();
  }
}
