package io.parley.faults.step;

import io.parley.faults.Database;
import io.parley.faults.check.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stores that are filled once in a test process, and copied for each damage. */
public final class SharedSamples {
  private static @Nullable SharedSamples filled;

  private final Path directory;
  private final Database database;
  private final SampleStores samples;
  private int copies;

  private SharedSamples() throws Exception {
    directory = Files.createTempDirectory("parley-samples-");
    database = Database.start(directory.resolve("database"));
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    careLess();
    samples = SampleStores.fill(database, directory.resolve("sample"));
  }

  /** Nobody needs the copies after a crash: there is no waiting for a disk. */
  private void careLess() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                database.create("settings"), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute("alter system set fsync = off");
      statement.execute("select pg_reload_conf()");
    }
  }

  /** Filled when it is asked for first. */
  public static synchronized SharedSamples get() throws Exception {
    if (filled == null) {
      filled = new SharedSamples();
    }
    return filled;
  }

  public SampleStores stores() {
    return samples;
  }

  /** Others of the same content, to be damaged. */
  public synchronized Stores copy() throws SQLException, IOException {
    return samples.copy(database, "copy_" + ++copies);
  }

  private void close() {
    database.close();
    try (Stream<Path> all = Files.walk(directory)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
