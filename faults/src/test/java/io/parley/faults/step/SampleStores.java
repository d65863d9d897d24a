package io.parley.faults.step;

import io.parley.faults.Database;
import io.parley.faults.RunReport;
import io.parley.faults.check.Stores;
import io.parley.faults.ledger.Expectations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Stores that a run of the flow left, to be copied and damaged. */
public final class SampleStores {
  private final ChildSettings settings;

  private SampleStores(ChildSettings settings) {
    this.settings = settings;
  }

  private static final List<FlowKind> FLOWS =
      List.of(FlowKind.WHOLE, FlowKind.WHOLE, FlowKind.ERASE_BOT, FlowKind.WHOLE);

  /** Runs flows that take in, replace, and erase, also a whole bot. */
  public static SampleStores fill(Database database, Path directory) throws Exception {
    String url = database.create("sample");
    Files.createDirectories(directory);
    ChildSettings settings =
        new ChildSettings(url, database.user(), database.password(), directory, Optional.empty());
    RunReport report = new RunReport("sample");
    try (Lane lane = lane(settings, List.of(), report)) {
      for (FlowKind flow : FLOWS) {
        var _ = lane.carryOut("run " + flow + " " + StepChild.NOWHERE);
      }
      lane.running().end();
    }
    if (report.violations() > 0) {
      throw new AssertionError("The stores are damaged already.");
    }
    return new SampleStores(settings);
  }

  static Lane lane(ChildSettings settings, List<String> flags, RunReport report) {
    return new Lane(settings, flags, report, new StepPlan(new Random()));
  }

  /**
   * Has a process open stores that were copied, ask for what was erased, and reconcile.
   *
   * @return what was found to be wrong
   */
  public RunReport examine(Stores copy) throws Exception {
    RunReport report = new RunReport("examined");
    try (Lane lane = lane(copied(copy), List.of(), report)) {
      lane.examine();
    }
    return report;
  }

  /** For a process of its own on stores that were copied, with what clients were promised. */
  ChildSettings copied(Stores copy) throws IOException {
    Path place = copy.blobs().resolveSibling("ledger");
    Files.copy(settings.ledger(), place);
    return new ChildSettings(
        copy.jdbcUrl(), copy.user(), copy.password(), place.getParent(), Optional.empty());
  }

  /** What the ledger of the run says. */
  public Expectations expectations() {
    return Expectations.of(settings.ledger());
  }

  /** Others of the same content. */
  public Stores copy(Database database, String name) throws SQLException, IOException {
    Path place = settings.directory().resolveSibling(name);
    Stores from = settings.stores();
    String url = settings.jdbcUrl().replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1");
    try (Connection connection =
            java.sql.DriverManager.getConnection(
                settings.jdbcUrl().replaceFirst("/[^/?]*(\\?|$)", "/postgres$1"),
                database.user(),
                database.password());
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name + " template sample");
    }
    copy(from.vectors(), place.resolve("vectors"));
    copy(from.words(), place.resolve("words"));
    copy(from.blobs(), place.resolve("blobs"));
    return new Stores(
        url,
        database.user(),
        database.password(),
        place.resolve("vectors"),
        place.resolve("words"),
        place.resolve("blobs"));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
