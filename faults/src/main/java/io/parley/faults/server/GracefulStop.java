package io.parley.faults.server;

import io.parley.faults.RunReport;
import io.parley.faults.ledger.Canary;
import io.parley.faults.ledger.Expectations;
import io.parley.faults.ledger.Ledger;
import io.parley.faults.ledger.SampleText;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A packaged server is told to stop while it receives an upload, streams answers, reports the
 * progress of a document and takes in others. What has begun comes to its end, nothing is left
 * leased, and it ends with 0.
 */
public final class GracefulStop {
  private static final int ASKING = 4;
  private static final int LARGE = 240; // paragraphs, each of them a chunk

  /** Well below the time that a server which stops gives to what has begun. */
  private static final Duration SLOW = Duration.ofSeconds(4);

  private final SharedServers servers;
  private final StopDemands demands;
  private final Random random;
  private final Expectations expectations = new Expectations();
  private final AtomicInteger open = new AtomicInteger();

  private GracefulStop(SharedServers servers, RunReport report, Patience patience, long seed) {
    this.servers = servers;
    this.demands = new StopDemands(report, patience.stop());
    this.random = new Random(seed);
    report.fact("seed", seed);
  }

  /** Stops a server so often, and starts it again each time. */
  public static void run(
      Path launcher, Path directory, RunReport report, Patience patience, long seed, int times)
      throws IOException, SQLException, InterruptedException {
    try (SharedServers servers = SharedServers.start(launcher, directory, 1);
        Ledger ledger = Ledger.open(servers.ledger())) {
      GracefulStop stop = new GracefulStop(servers, report, patience, seed);
      User user = servers.users(1, ledger).getFirst();
      for (int i = 1; i <= times; i++) {
        SampleText known = stop.stopAtWork(user);
        servers.restart(0);
        servers.check(report, stop.expectations, i + " stops");
        servers.restartInGoodOrder(0);
        stop.stopAtTheFirstQuestion(user, known);
        servers.restart(0);
      }
      stop.expectations.counts().forEach(report::count);
    }
  }

  private SampleText stopAtWork(User user) throws IOException, SQLException, InterruptedException {
    SampleText known = text(3);
    if (user.upload(known).isEmpty()) {
      throw new IOException("Nothing was taken in");
    }
    String large = user.upload(text(LARGE)).orElseThrow(() -> new IOException("Not taken in"));
    user.upload(text(LARGE));
    try (Connection database = servers.connect();
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      awaitWork(database);
      List<Future<Boolean>> requests = new ArrayList<>();
      requests.add(clients.submit(() -> user.uploadSlowly(text(2), SLOW, this::begun).isPresent()));
      requests.add(clients.submit(() -> user.followToItsEnd(large, this::begun)));
      stopDuring(requests);
      demands.leases(database);
    }
    return known;
  }

  /** Nothing was asked or taken in before: the model is loaded only now. */
  private void stopAtTheFirstQuestion(User user, SampleText known)
      throws IOException, InterruptedException {
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> requests = new ArrayList<>();
      for (int i = 0; i < ASKING; i++) {
        requests.add(clients.submit(() -> user.askSlowly(known, SLOW, this::begun)));
      }
      stopDuring(requests);
    }
  }

  private void begun() {
    open.incrementAndGet();
  }

  private void stopDuring(List<Future<Boolean>> requests) throws IOException, InterruptedException {
    try {
      awaitBegun(requests);
      end();
      demands.finished(requests, Deadline.LONG);
    } finally {
      requests.forEach(request -> request.cancel(true));
    }
    open.set(0);
  }

  private void awaitBegun(List<Future<Boolean>> requests) throws IOException, InterruptedException {
    Deadline deadline = Deadline.far();
    while (open.get() < requests.size()) {
      for (Future<Boolean> request : requests) {
        if (request.state() == Future.State.FAILED) {
          throw new IOException("A request failed before the stop", request.exceptionNow());
        }
      }
      deadline.pause(1, "requests have not begun");
    }
  }

  private void awaitWork(Connection database)
      throws SQLException, IOException, InterruptedException {
    Deadline deadline = Deadline.far();
    while (servers.heldBy(database, 0).isEmpty()) {
      deadline.pause(5, "the server takes no document in");
    }
  }

  private void end() throws IOException, InterruptedException {
    long begun = System.nanoTime();
    int status = servers.server(0).stop();
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    demands.stopped(status, took);
  }

  private SampleText text(int paragraphs) {
    return new SampleText(Canary.topic(random), Canary.next(random), paragraphs);
  }
}
