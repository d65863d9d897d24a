package io.parley.faults;

import io.parley.faults.server.DatabaseAway;
import io.parley.faults.server.FullDisk;
import io.parley.faults.server.GracefulStop;
import io.parley.faults.server.MovingHouse;
import io.parley.faults.server.Patience;
import io.parley.faults.server.RandomKills;
import io.parley.faults.server.ServerRuns;
import io.parley.faults.step.StepKills;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The long runs, by a command: what is run, and how much of it. */
public final class FaultRuns {
  private static final Path REPORTS =
      Path.of(System.getProperty("faults.reports", "target/faults"));
  private static final Path LAUNCHER = Path.of(System.getProperty("faults.launcher", "parley"));
  private static final Duration AWAY = Duration.ofSeconds(10);
  private static final int LANES = Integer.getInteger("faults.lanes", 2);
  private static final String MODEL = System.getProperty("faults.model", "hashing");
  private static final long SEED = Long.getLong("faults.seed", System.nanoTime());

  private FaultRuns() {}

  /**
   * {@code steps 2000}, {@code erase 1000}, {@code random 200}, {@code servers 1000}, {@code
   * stopped 4}, {@code move 1000}. Ends with 1 when there was a violation.
   */
  public static void main(String[] arguments) throws Exception {
    int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
    RunReport report = new RunReport(arguments[0]);
    switch (arguments[0]) {
      case "steps" -> steps(report, kills -> kills.kill(count, LANES));
      case "erase" -> steps(report, kills -> kills.erase(count, LANES));
      case "random" -> random(report, count);
      case "servers" -> servers(report, runs -> runs.kill(count));
      case "move" -> move(report, count);
      case "away" -> away(report, count);
      case "stop" -> stop(report, count);
      case "full" -> full(report, count);
      case "stopped" -> servers(report, runs -> runs.stop(count));
      default ->
          throw new IllegalArgumentException(
              "steps, erase, random, servers, stopped, move, away, stop or full, and how many");
    }
    System.out.println(REPORTS.resolve(arguments[0] + ".json").toAbsolutePath());
    System.exit(report.violations() == 0 ? 0 : 1);
  }

  /** What is done on a database of its own. */
  @FunctionalInterface
  private interface Steps {
    void on(StepKills kills) throws Exception;
  }

  private static void steps(RunReport report, Steps steps) throws Exception {
    Path directory = Files.createTempDirectory("parley-faults-");
    report.fact("embedding model", MODEL);
    try (Database database = Database.start(directory.resolve("database"))) {
      StepKills kills = new StepKills(database, directory, REPORTS, report, SEED, childFlags());
      kills.trainStarts();
      steps.on(kills);
    } finally {
      report.write(REPORTS);
    }
    if (report.violations() == 0) {
      delete(directory);
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(directory)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }

  private static void random(RunReport report, int kills) throws Exception {
    Path directory = Files.createTempDirectory("parley-faults-");
    try {
      new RandomKills(LAUNCHER, directory, REPORTS, report, SEED).kill(kills);
    } finally {
      report.write(REPORTS);
    }
  }

  /** What is done with several packaged servers. */
  @FunctionalInterface
  private interface Servers {
    void on(ServerRuns runs) throws Exception;
  }

  private static void servers(RunReport report, Servers servers) throws Exception {
    Path directory = Files.createTempDirectory("parley-faults-");
    try {
      servers.on(new ServerRuns(LAUNCHER, directory, report, SEED));
    } finally {
      report.write(REPORTS);
    }
  }

  private static void move(RunReport report, int documents) throws Exception {
    Path directory = Files.createTempDirectory("parley-faults-");
    String pgvector = System.getProperty("faults.pgvector", "");
    Path files = pgvector.isEmpty() ? null : Path.of(pgvector);
    try {
      new MovingHouse(LAUNCHER, directory, report, SEED, files).move(documents);
    } finally {
      report.write(REPORTS);
    }
  }

  private static void away(RunReport report, int times) throws Exception {
    Path directory = Files.createTempDirectory("parley-faults-");
    DatabaseAway run = new DatabaseAway(LAUNCHER, directory, report, Patience.STRICT, SEED);
    try {
      run.embedded(times, AWAY);
      run.external(times, AWAY);
    } finally {
      report.write(REPORTS);
    }
  }

  private static void full(RunReport report, int times) throws Exception {
    Path directory = Files.createTempDirectory("parley-faults-");
    FullDisk run = new FullDisk(LAUNCHER, directory, report, Patience.STRICT, SEED);
    try {
      run.files(times, AWAY);
      run.everything(times, AWAY);
    } finally {
      report.write(REPORTS);
    }
  }

  private static void stop(RunReport report, int times) throws Exception {
    Path directory = Files.createTempDirectory("parley-faults-");
    try {
      GracefulStop.run(LAUNCHER, directory, report, Patience.STRICT, SEED, times);
    } finally {
      report.write(REPORTS);
    }
  }

  private static List<String> childFlags() {
    String flags = System.getProperty("faults.child.flags", "").strip();
    List<String> all = new ArrayList<>(List.of("-Dfaults.model=" + MODEL));
    all.addAll(flags.isEmpty() ? List.of() : Arrays.asList(flags.split(" +", -1)));
    return all;
  }
}
