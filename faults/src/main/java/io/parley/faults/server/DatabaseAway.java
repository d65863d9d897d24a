package io.parley.faults.server;

import io.parley.faults.Database;
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
 * PostgreSQL goes away under a packaged server with users, and comes back. Meanwhile each answer is
 * good or a 503 that says when to come back; afterwards all goes on by itself.
 */
public final class DatabaseAway {
  private static final int WRITERS = 3;
  private static final int READERS = 2;
  private static final Duration LATEST_ANSWER = Duration.ofSeconds(12);
  private static final Duration LATEST_RETURN = Duration.ofSeconds(15);
  private static final Duration SETTLED = Duration.ofSeconds(2);

  private final Path launcher;
  private final Path directory;
  private final RunReport report;
  private final Random random;
  private final Demands demands;

  /**
   * @param launcher the file {@code parley}
   */
  public DatabaseAway(Path launcher, Path directory, RunReport report, long seed) {
    this.launcher = launcher;
    this.directory = directory;
    this.report = report;
    this.random = new Random(seed);
    this.demands = new Demands(report, LATEST_ANSWER);
    report.fact("seed", seed);
  }

  /** How it goes away. */
  @FunctionalInterface
  private interface Absence {
    /** Returns when it could be used again, or when it will come back by itself. */
    void happen() throws IOException, SQLException, InterruptedException;
  }

  /** The embedded one: killed, and without a connection that is free. */
  public void embedded(int times, Duration away)
      throws IOException, SQLException, InterruptedException {
    Path place = directory.resolve("embedded");
    try (Scene scene = new Scene(place, Map.of())) {
      for (int i = 0; i < times; i++) {
        scene.without("killed", () -> scene.server.killDatabase());
        scene.without("out of connections", () -> exhaust(scene.server.stores(), away));
      }
      scene.end(scene.server.stores());
    }
  }

  private void exhaust(Stores stores, Duration away) throws SQLException, InterruptedException {
    try (Exhaustion all = Exhaustion.of(stores)) {
      report.most("connections taken", all.size());
      Thread.sleep(away);
    }
  }

  /** One of its own: stopped in good order, and started again after a while. */
  public void external(int times, Duration away)
      throws IOException, SQLException, InterruptedException {
    Path place = directory.resolve("external");
    Path data = place.resolve("database");
    Database[] database = {Database.start(data)};
    try {
      String url = database[0].create("apart");
      Map<String, String> settings = Map.of("DATABASE_URL", database[0].setting(url));
      try (Scene scene = new Scene(place, settings)) {
        for (int i = 0; i < times; i++) {
          scene.without(
              "stopped and started",
              () -> {
                database[0].close();
                Thread.sleep(away);
                database[0] = Database.start(data);
              });
        }
        Path blobs = place.resolve("data").resolve("blobs");
        scene.end(scene.server.stores(url, database[0].user(), database[0].password(), blobs));
      }
    } finally {
      database[0].close();
    }
  }

  /** A server with users who do not stop. */
  private final class Scene implements AutoCloseable {
    private final HttpClient http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path place;
    private final Ledger ledger;
    private final ServerProcess server;
    private final List<Load> writers = new ArrayList<>();
    private final List<Visitor> readers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final User witness;

    Scene(Path place, Map<String, String> settings) throws IOException, InterruptedException {
      this.place = place;
      URI address = ServerProcess.freeAddress();
      server = ServerProcess.start(launcher, place.resolve("data"), address, settings);
      ledger = Ledger.open(place.resolve("ledger"));
      server.awaitReady(http, address);
      witness = new User(http, address, ledger, "witness", demands);
      witness.register();
      for (int i = 0; i < WRITERS + READERS; i++) {
        User user = new User(http, address, ledger, "guest" + i, demands);
        user.register();
        begin(user, i < WRITERS);
      }
    }

    private void begin(User user, boolean writes) {
      Load writer = new Load(user, ledger, random.nextLong());
      Visitor reader = new Visitor(user, ledger);
      if (writes) {
        writers.add(writer);
      } else {
        readers.add(reader);
      }
      threads.add(Thread.ofPlatform().start(writes ? writer : reader));
    }

    void without(String how, Absence absence)
        throws IOException, SQLException, InterruptedException {
      Thread.sleep(SETTLED);
      absence.happen();
      long back = System.nanoTime();
      while (!witness.isServed()) {
        Thread.sleep(50);
      }
      long millis = Duration.ofNanos(System.nanoTime() - back).toMillis();
      report.count("absences: " + how);
      report.most("ms until all was served again, " + how, millis);
      if (millis > LATEST_RETURN.toMillis()) {
        report.violation(new Violation("not back in time", how), millis + " ms");
      }
    }

    /** Ends the load, and checks the stores when all is done. */
    void end(Stores stores) throws IOException, SQLException, InterruptedException {
      Thread.sleep(SETTLED);
      writers.forEach(Load::end);
      readers.forEach(Visitor::end);
      for (Thread thread : threads) {
        thread.join();
      }
      long begun = System.nanoTime();
      try (Connection connection = stores.connect()) {
        EndOfWork.await(connection, 2, report, place.toString());
      }
      report.most(
          "ms until all work was done", Duration.ofNanos(System.nanoTime() - begun).toMillis());
      Expectations expectations = Expectations.of(place.resolve("ledger"));
      report.checked(StoreCheck.of(stores, expectations), place.toString());
      expectations.counts().forEach(report::count);
      report.count("servers that ended in good order with status " + server.stop());
      if (expectations.counts().containsKey("a request was cut off")) {
        report.violation(new Violation("a request got no answer", "see counts"), place.toString());
      }
    }

    @Override
    public void close() {
      writers.forEach(Load::end);
      readers.forEach(Visitor::end);
      threads.forEach(Thread::interrupt);
      server.close();
      ledger.close();
      http.close();
    }
  }
}
