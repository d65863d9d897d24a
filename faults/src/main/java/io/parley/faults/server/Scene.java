package io.parley.faults.server;

import io.parley.faults.RunReport;
import io.parley.faults.check.StoreCheck;
import io.parley.faults.check.Stores;
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
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A server with users who write and read without a pause, while something that it needs goes away
 * and comes back.
 */
final class Scene implements AutoCloseable {
  private static final int WRITERS = 3;
  private static final int READERS = 2;
  private static final Duration SETTLED = Duration.ofSeconds(2);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path place;
  private final RunReport report;
  private final Demands demands;
  private final Patience patience;
  private final Random random;
  private final Ledger ledger;
  private final ServerProcess server;
  private final List<Load> writers = new ArrayList<>();
  private final List<Visitor> readers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private @Nullable User witness;

  private Scene(
      Path place,
      ServerProcess server,
      RunReport report,
      Demands demands,
      Patience patience,
      Random random) {
    this.place = place;
    this.server = server;
    this.report = report;
    this.demands = demands;
    this.patience = patience;
    this.random = random;
    this.ledger = Ledger.open(place.resolve("ledger"));
  }

  /**
   * Starts the server and lets the users in.
   *
   * @param place where its data directory is, and what users are told is written down
   */
  static Scene open(
      Path launcher,
      Path place,
      Map<String, String> settings,
      RunReport report,
      Demands demands,
      Patience patience,
      Random random)
      throws IOException, InterruptedException {
    URI address = ServerProcess.freeAddress();
    ServerProcess server = ServerProcess.start(launcher, place.resolve("data"), address, settings);
    Scene scene = new Scene(place, server, report, demands, patience, random);
    try {
      scene.letIn(address);
      return scene;
    } catch (IOException | InterruptedException | RuntimeException e) {
      scene.close();
      throw e;
    }
  }

  private void letIn(URI address) throws IOException, InterruptedException {
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

  ServerProcess server() {
    return server;
  }

  /** How something goes away. */
  @FunctionalInterface
  interface Absence {
    /** Returns when it could be used again, or when it will come back by itself. */
    void happen() throws IOException, SQLException, InterruptedException;
  }

  /** Measures how long it takes until users are served again. */
  void without(String how, Absence absence) throws IOException, SQLException, InterruptedException {
    Thread.sleep(SETTLED);
    absence.happen();
    long back = System.nanoTime();
    Deadline deadline = Deadline.far();
    while (!Objects.requireNonNull(witness).isServed()) {
      deadline.pause(50, "users are not served again, " + how);
    }
    demands.back(how, Duration.ofNanos(System.nanoTime() - back), patience.back());
  }

  /** Ends the load, and checks the stores when all is done. */
  void end(Stores stores) throws IOException, SQLException, InterruptedException {
    Thread.sleep(SETTLED);
    writers.forEach(Load::end);
    readers.forEach(Visitor::end);
    Deadline.join(threads);
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
    demands.answered(expectations.counts(), place.toString());
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
