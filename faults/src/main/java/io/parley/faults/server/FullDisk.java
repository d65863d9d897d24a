package io.parley.faults.server;

import io.parley.faults.RunReport;
import io.parley.faults.check.Stores;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * The disk of a packaged server with users is full for a while: the one that files are kept on, or
 * the one that holds everything, its PostgreSQL too.
 */
public final class FullDisk {
  private static final int MEGABYTES = 320;
  private static final int SEGMENTS = 20;
  private static final int FILES_MEGABYTES = 16;
  private static final long FILL_AGAIN_MILLIS = 50;

  private final Path launcher;
  private final Path directory;
  private final RunReport report;
  private final Patience patience;
  private final Random random;

  /**
   * @param launcher the file {@code parley}
   */
  public FullDisk(Path launcher, Path directory, RunReport report, Patience patience, long seed) {
    this.launcher = launcher;
    this.directory = directory;
    this.report = report;
    this.patience = patience;
    this.random = new Random(seed);
    report.fact("seed", seed);
  }

  /** Whether it can be tried here: it takes a file system of its own. */
  public static boolean isPossible(Path directory) throws IOException, InterruptedException {
    Optional<SmallDisk> disk = SmallDisk.mount(directory.resolve("trial"), 1);
    if (disk.isPresent()) {
      disk.get().close();
    }
    return disk.isPresent();
  }

  /** All data, PostgreSQL's too: nobody is told anything but the truth, and all comes back. */
  public void everything(int times, Duration full)
      throws IOException, SQLException, InterruptedException {
    Path place = directory.resolve("all");
    Demands demands = new Demands(report, patience.refusal());
    try (SmallDisk disk = SmallDisk.mount(place.resolve("data"), MEGABYTES).orElseThrow();
        Scene scene = Scene.open(launcher, place, Map.of(), report, demands, patience, random)) {
      for (int i = 0; i < times; i++) {
        ServerProcess server = scene.server();
        Stores stores = server.stores();
        OptionalLong before = server.databasePid();
        scene.without(
            "a full disk for everything",
            () -> {
              disk.fill();
              useUpTheLog(stores);
              fill(disk, full);
            });
        if (before.isPresent() && !server.databasePid().equals(before)) {
          report.count("times that PostgreSQL ended on its full disk");
        }
      }
      scene.end(scene.server().stores());
    }
  }

  /** What PostgreSQL has put by for its log is gone, so that it notices too. */
  private void useUpTheLog(Stores stores) {
    try (Connection connection = stores.connect();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < SEGMENTS; i++) {
        statement.execute("create table if not exists full_disk (n integer)");
        statement.execute("drop table full_disk");
        statement.execute("select pg_switch_wal()");
      }
    } catch (SQLException e) {
      report.count("times that PostgreSQL refused to write on its full disk");
    }
  }

  /** Only the files that were uploaded: who brings none does not notice. */
  public void files(int times, Duration full)
      throws IOException, SQLException, InterruptedException {
    Path place = directory.resolve("apart");
    Path blobs = place.resolve("files");
    Demands demands = new Demands(report, patience.refusal(), FullDisk::bringsAFile);
    try (SmallDisk disk = SmallDisk.mount(blobs, FILES_MEGABYTES).orElseThrow();
        Scene scene =
            Scene.open(
                launcher,
                place,
                Map.of("PARLEY_BLOB_DIR", blobs.toString()),
                report,
                demands,
                patience,
                random)) {
      for (int i = 0; i < times; i++) {
        scene.without("a full disk for files", () -> fill(disk, full));
      }
      scene.end(scene.server().stores(blobs));
    }
  }

  private static boolean bringsAFile(HttpRequest request) {
    String path = request.uri().getPath();
    return (request.method().equals("POST") && path.endsWith("/documents"))
        || (request.method().equals("PUT") && path.endsWith("/content"));
  }

  private static void fill(SmallDisk disk, Duration full) throws IOException, InterruptedException {
    long until = System.nanoTime() + full.toNanos();
    while (System.nanoTime() < until) {
      disk.fill();
      Thread.sleep(FILL_AGAIN_MILLIS);
    }
    disk.free();
  }
}
