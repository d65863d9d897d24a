package io.parley.faults.server;

import io.parley.faults.RunReport;
import io.parley.faults.check.UntouchedRows;
import io.parley.faults.ledger.Expectations;
import io.parley.faults.ledger.Ledger;
import io.parley.faults.server.SharedServers.Held;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Servers that share documents on one database. One is killed in the middle; another is stopped
 * past its leases and woken again. To be closed.
 */
final class SharedWork implements AutoCloseable {
  private static final int USERS = 4;
  private static final long LOOK_AGAIN_MILLIS = 20;

  private final SharedServers servers;
  private final RunReport report;
  private final Ledger ledger;
  private final Random random;
  private final Expectations expectations = new Expectations();
  private final Connection database;
  private final Progress progress;
  private final List<User> users;
  private final List<Thread> uploading = new ArrayList<>();
  private long documents;

  private SharedWork(SharedServers servers, RunReport report, Random random)
      throws IOException, SQLException, InterruptedException {
    this.servers = servers;
    this.report = report;
    this.random = random;
    this.ledger = Ledger.open(servers.ledger());
    this.database = servers.connect();
    this.progress = new Progress(database, report);
    this.users = servers.users(USERS, ledger);
  }

  /** Starts the servers. */
  static SharedWork start(Path launcher, Path directory, int servers, RunReport report, long seed)
      throws IOException, SQLException, InterruptedException {
    report.fact("seed", seed);
    report.fact("servers", servers);
    SharedServers started = SharedServers.start(launcher, directory, servers);
    try {
      return new SharedWork(started, report, new Random(seed));
    } catch (IOException | SQLException | InterruptedException | RuntimeException e) {
      started.close();
      throw e;
    }
  }

  /**
   * Begins to upload so many, at all of the servers.
   *
   * @param paragraphs of the longest of them
   */
  void upload(int more, int paragraphs) {
    documents += more;
    for (int i = 0; i < USERS; i++) {
      User user = users.get(i);
      List<User> everywhere = new ArrayList<>();
      for (int at = 0; at < servers.count(); at++) {
        everywhere.add(servers.at((i + at) % servers.count(), user));
      }
      int share = more / USERS + (i < more % USERS ? 1 : 0);
      uploading.add(
          Thread.ofPlatform()
              .start(new Share(everywhere, ledger, random.nextLong(), share, paragraphs)));
    }
  }

  /** A server that was stopped, the documents that it held, and when. */
  record Stopped(int server, List<Held> held, long since) {}

  /** Stops a server while it holds leases, so that it would go on with that work when it wakes. */
  Stopped freeze(int which) throws IOException, SQLException, InterruptedException {
    Deadline deadline = Deadline.far();
    while (true) {
      awaitWorkOf(which);
      servers.server(which).freeze();
      List<Held> held = servers.heldBy(database, which);
      if (!held.isEmpty()) {
        report.count("servers stopped");
        report.count("leases held by a stopped server", held.size());
        return new Stopped(which, held, System.nanoTime());
      }
      servers.server(which).wake();
      deadline.pause(LOOK_AGAIN_MILLIS, "server " + which + " never holds a lease when it stops");
    }
  }

  /** As {@code kill -9} does it, while it is at work. */
  void kill(int which) throws IOException, SQLException, InterruptedException {
    awaitWorkOf(which);
    servers.server(which).kill();
    report.count("kills");
    report.count("leases held by a killed server", servers.heldBy(database, which).size());
  }

  private void awaitWorkOf(int which) throws IOException, SQLException, InterruptedException {
    Deadline deadline = Deadline.far();
    while (servers.heldBy(database, which).isEmpty()) {
      deadline.pause(LOOK_AGAIN_MILLIS, "server " + which + " gets no work");
    }
  }

  /** Waits until so many documents are complete. */
  void awaitComplete(long many) throws IOException, SQLException, InterruptedException {
    progress.awaitComplete(many);
  }

  /**
   * Waits until all documents are complete.
   *
   * @param allowed a longer time in which none becomes so is a violation
   */
  void awaitAll(Duration allowed) throws SQLException, InterruptedException {
    progress.awaitAll(documents, allowed);
  }

  /** Waits until others have done what a stopped server holds; what is there then. */
  UntouchedRows awaitTakenOver(Stopped stopped) throws SQLException, InterruptedException {
    progress.awaitDone(stopped.held().stream().map(Held::job).toList(), Deadline.LONG);
    report.count("leases of a stopped server that others took over", stopped.held().size());
    report.fact(
        "seconds until others had done what a stopped server held",
        Duration.ofNanos(System.nanoTime() - stopped.since()).toSeconds());
    return UntouchedRows.of(database, stopped.held().stream().map(Held::source).toList());
  }

  /** Wakes a server. */
  void wake(Stopped stopped) throws IOException, InterruptedException {
    servers.server(stopped.server()).wake();
    report.count("servers woken");
  }

  /** Nothing may have been done by who lost the leases. */
  void compare(UntouchedRows before) throws SQLException {
    report.count("rows that a woken server could have changed", before.size());
    before.changed(database).forEach(v -> report.violation(v, "a stopped server was woken"));
  }

  void restart(int which) throws IOException, InterruptedException {
    servers.restart(which);
    report.count("servers started again");
  }

  /** Waits for the end of everything, and checks the stores of every server. */
  void check(String after) throws IOException, SQLException, InterruptedException {
    Deadline.join(uploading);
    servers.check(report, expectations, after);
    progress.requireComplete(documents);
  }

  /** Stops the servers in good order, and writes the counts down. */
  void end() throws IOException, InterruptedException {
    servers.stop(report);
    report.count("a woken server found a lease lost", servers.said("was taken over or cancelled"));
    expectations.counts().forEach(report::count);
  }

  @Override
  public void close() {
    uploading.forEach(Thread::interrupt);
    try (servers;
        ledger) {
      database.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
