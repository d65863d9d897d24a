package io.parley.faults.server;

import io.parley.faults.Database;
import io.parley.faults.RunReport;
import io.parley.faults.check.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;

/**
 * PostgreSQL goes away under a packaged server with users, and comes back. Meanwhile each answer is
 * good or a 503 that says when to come back; afterwards all goes on by itself.
 */
public final class DatabaseAway {
  private final Path launcher;
  private final Path directory;
  private final RunReport report;
  private final Random random;
  private final Demands demands;
  private final Patience patience;

  /**
   * @param launcher the file {@code parley}
   */
  public DatabaseAway(
      Path launcher, Path directory, RunReport report, Patience patience, long seed) {
    this.launcher = launcher;
    this.directory = directory;
    this.report = report;
    this.random = new Random(seed);
    this.demands = new Demands(report, patience.refusal());
    this.patience = patience;
    report.fact("seed", seed);
  }

  /** The embedded one: killed, and without a connection that is free. */
  public void embedded(int times, Duration away)
      throws IOException, SQLException, InterruptedException {
    Path place = directory.resolve("embedded");
    try (Scene scene = scene(place, Map.of())) {
      for (int i = 0; i < times; i++) {
        scene.without("killed", () -> scene.server().killDatabase());
        scene.without("out of connections", () -> exhaust(scene.server().stores(), away));
      }
      scene.end(scene.server().stores());
    }
  }

  private Scene scene(Path place, Map<String, String> settings)
      throws IOException, InterruptedException {
    return Scene.open(launcher, place, settings, report, demands, patience, random);
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
      try (Scene scene = scene(place, settings)) {
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
        scene.end(scene.server().stores(url, database[0].user(), database[0].password(), blobs));
      }
    } finally {
      database[0].close();
    }
  }
}
