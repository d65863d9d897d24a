package io.parley.faults.server;

import io.parley.faults.RunReport;
import io.parley.faults.check.StoreCheck;
import io.parley.faults.check.Stores;
import io.parley.faults.check.Violation;
import io.parley.faults.ledger.Expectations;
import io.parley.faults.ledger.Ledger;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Kills the packaged server at random times while several users work with it, now and then its
 * PostgreSQL too, and checks the stores every few kills, once all work is done.
 */
public final class RandomKills {
  private static final int USERS = 3;
  private static final int KILLS_A_CHECK = 5;
  private static final int DATABASE_ONE_IN = 4;
  private static final int LONGEST_LIFE = 3_000;
  private static final int FOLLOWERS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Path launcher;
  private final Path directory;
  private final Path reports;
  private final RunReport report;
  private final Random random;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Expectations expectations = new Expectations();

  /**
   * @param launcher the file {@code parley}
   */
  public RandomKills(Path launcher, Path directory, Path reports, RunReport report, long seed) {
    this.launcher = launcher;
    this.directory = directory;
    this.reports = reports;
    this.report = report;
    this.random = new Random(seed);
    report.fact("seed", seed);
  }

  /** Kills it so often. */
  public void kill(int kills) throws IOException, SQLException, InterruptedException {
    URI address = ServerProcess.freeAddress();
    try (Ledger ledger = Ledger.open(directory.resolve("ledger"))) {
      ServerProcess server = start(address);
      try {
        List<User> users = users(address, ledger);
        while (report.counted("kills") < kills) {
          server = killSome(server, address, users, ledger, kills);
          check(server);
          report.write(reports);
        }
        report.count("servers that ended in good order with status " + server.stop());
      } finally {
        server.close();
        http.close();
      }
    }
    expectations.counts().forEach(report::count);
    report.write(reports);
  }

  private ServerProcess start(URI address) throws IOException, InterruptedException {
    ServerProcess server =
        ServerProcess.start(launcher, directory.resolve("data"), address, Map.of());
    server.awaitReady(http, address);
    return server;
  }

  private List<User> users(URI address, Ledger ledger) throws IOException, InterruptedException {
    List<User> users = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      User user = new User(http, address, ledger, "keeper" + i);
      user.register();
      users.add(user);
    }
    return users;
  }

  private ServerProcess killSome(
      ServerProcess first, URI address, List<User> users, Ledger ledger, int kills)
      throws IOException, InterruptedException {
    List<Load> loads =
        users.stream().map(user -> new Load(user, ledger, random.nextLong())).toList();
    List<Thread> threads = loads.stream().map(load -> Thread.ofPlatform().start(load)).toList();
    ServerProcess server = first;
    for (int i = 0; i < KILLS_A_CHECK && report.counted("kills") < kills; i++) {
      Thread.sleep(random.nextInt(LONGEST_LIFE));
      server.kill();
      report.count("kills");
      if (random.nextInt(DATABASE_ONE_IN) == 0) {
        server.killDatabase();
        report.count("kills of PostgreSQL");
      }
      server = start(address);
    }
    loads.forEach(Load::end);
    for (Thread thread : threads) {
      thread.join();
    }
    return server;
  }

  private void check(ServerProcess server) throws IOException, SQLException, InterruptedException {
    Stores stores = server.stores();
    String after = report.counted("kills") + " kills";
    try (Connection database = stores.connect()) {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!StoreCheck.isQuiet(database, FOLLOWERS)) {
        if (System.nanoTime() > deadline) {
          report.violation(new Violation("work does not end", directory.toString()), after);
          break;
        }
        Thread.sleep(100);
      }
    }
    expectations.readOn(directory.resolve("ledger"));
    report.checked(StoreCheck.of(stores, expectations), after);
  }
}
