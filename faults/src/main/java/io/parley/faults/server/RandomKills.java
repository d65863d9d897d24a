package io.parley.faults.server;

import io.parley.faults.RunReport;
import io.parley.faults.check.StoreCheck;
import io.parley.faults.check.Stores;
import io.parley.faults.ledger.Expectations;
import io.parley.faults.ledger.Ledger;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Kills the packaged server at random times while several users work with it, now and then while it
 * still starts, and now and then its PostgreSQL too; checks the stores every few kills, once all
 * work is done.
 */
public final class RandomKills {
  private static final int USERS = 6;
  private static final int KILLS_A_CHECK = 10;
  private static final int DATABASE_ONE_IN = 4;
  private static final int STARTING_ONE_IN = 4;
  private static final int MOST_ANSWERS = 60;
  private static final int LONGEST_MOMENT = 500;
  private static final Duration LONGEST_LIFE = Duration.ofSeconds(10);
  private static final int LONGEST_START = 1_500;
  private static final int FOLLOWERS = 2;

  private final Path launcher;
  private final Path directory;
  private final Path reports;
  private final RunReport report;
  private final Random random;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicLong answers = new AtomicLong();
  private final Expectations expectations = new Expectations();
  private final List<ServerProcess> started = new ArrayList<>();

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
      try {
        ServerProcess server = start(address);
        List<User> users = users(address, ledger);
        while (report.counted("kills") < kills) {
          server = killSome(server, address, users, ledger, kills);
          check(server);
          report.write(reports);
        }
        report.count("servers that ended in good order with status " + server.stop());
      } finally {
        started.forEach(ServerProcess::close);
        http.close();
      }
    }
    expectations.counts().forEach(report::count);
    report.count("good answers", answers.get());
    report.write(reports);
  }

  private ServerProcess begin(URI address) throws IOException {
    ServerProcess server =
        ServerProcess.start(launcher, directory.resolve("data"), address, Map.of());
    started.add(server);
    return server;
  }

  private ServerProcess start(URI address) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    ServerProcess server = begin(address);
    server.awaitReady(http, address);
    report.most(
        "ms until a server was ready", Duration.ofNanos(System.nanoTime() - begun).toMillis());
    return server;
  }

  private List<User> users(URI address, Ledger ledger) throws IOException, InterruptedException {
    List<User> users = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      User user = new User(http, address, ledger, "keeper" + i, this::answered);
      user.register();
      users.add(user);
    }
    return users;
  }

  private void answered(HttpRequest request, Answer answer, Duration took) {
    if (answer.good()) {
      answers.incrementAndGet();
    }
  }

  private ServerProcess killSome(
      ServerProcess first, URI address, List<User> users, Ledger ledger, int kills)
      throws IOException, InterruptedException {
    List<Load> loads =
        users.stream().map(user -> new Load(user, ledger, random.nextLong())).toList();
    List<Thread> threads = loads.stream().map(load -> Thread.ofPlatform().start(load)).toList();
    ServerProcess server = first;
    int begun = 0;
    while (begun < KILLS_A_CHECK && report.counted("kills") < kills) {
      begun++;
      live();
      kill(server, "kills while it served");
      if (random.nextInt(STARTING_ONE_IN) == 0 && report.counted("kills") < kills) {
        begun++;
        server = begin(address);
        Thread.sleep(random.nextInt(LONGEST_START));
        kill(server, "kills while it started");
      }
      server = start(address);
    }
    loads.forEach(Load::end);
    Deadline.join(threads);
    return server;
  }

  /** Some answers, and then some time: a slow machine is loaded no less than a fast one. */
  private void live() throws InterruptedException {
    long enough = answers.get() + random.nextInt(MOST_ANSWERS);
    long deadline = System.nanoTime() + LONGEST_LIFE.toNanos();
    while (answers.get() < enough && System.nanoTime() < deadline) {
      Thread.sleep(1);
    }
    Thread.sleep(random.nextInt(LONGEST_MOMENT));
  }

  private void kill(ServerProcess server, String when) throws IOException, InterruptedException {
    server.kill();
    report.count("kills");
    report.count(when);
    if (random.nextInt(DATABASE_ONE_IN) == 0 && server.killDatabase()) {
      report.count("kills of PostgreSQL");
    }
  }

  private void check(ServerProcess server) throws IOException, SQLException, InterruptedException {
    Stores stores = server.stores();
    String after = report.counted("kills") + " kills";
    long begun = System.nanoTime();
    try (Connection database = stores.connect()) {
      EndOfWork.await(database, FOLLOWERS, report, after);
    }
    report.most(
        "ms until all work was done", Duration.ofNanos(System.nanoTime() - begun).toMillis());
    expectations.readOn(directory.resolve("ledger"));
    report.checked(StoreCheck.of(stores, expectations), after);
  }
}
