package io.parley.faults;

import io.parley.adapter.persistence.embedded.DataDirectoryLock;
import io.parley.adapter.persistence.embedded.EmbeddedDatabase;
import io.parley.adapter.persistence.embedded.EmbeddedDatabaseConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real PostgreSQL that outlives the processes that are killed, with a database for each of them.
 */
public final class Database implements AutoCloseable {
  private static final EmbeddedDatabaseConfig CONFIG =
      new EmbeddedDatabaseConfig(100, 64, Duration.ofMinutes(1));

  private final DataDirectoryLock lock;
  private EmbeddedDatabase server;

  private Database(DataDirectoryLock lock, EmbeddedDatabase server) {
    this.lock = lock;
    this.server = server;
  }

  /** Starts one below a directory. */
  public static Database start(Path directory) {
    DataDirectoryLock lock = DataDirectoryLock.acquire(directory);
    try {
      Database database = new Database(lock, EmbeddedDatabase.start(lock, CONFIG));
      database.hashPasswordLess();
      return database;
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Makes an empty database; its URL without credentials. */
  public String create(String name) throws SQLException {
    execute("create database " + name);
    return server.jdbcUrl().replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1");
  }

  /**
   * Gives this PostgreSQL an extension.
   *
   * @param files its library, control file and SQL
   */
  public void install(Path files) throws IOException {
    Path home = lock.directory().resolve("postgres");
    try (Stream<Path> all = Files.walk(home);
        Stream<Path> wanted = Files.list(files)) {
      List<Path> places =
          all.filter(p -> p.endsWith("share/postgresql/extension") || p.endsWith("lib/postgresql"))
              .toList();
      for (Path file : wanted.toList()) {
        boolean library = file.toString().endsWith(".so");
        for (Path place : places) {
          if (place.endsWith("lib/postgresql") == library) {
            Files.copy(file, place.resolve(file.getFileName()));
          }
        }
      }
    }
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(server.jdbcUrl(), server.user(), password());
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  /** Thousands of processes log in: what keeps guessers out would be a part of their work. */
  private void hashPasswordLess() {
    try {
      execute(
          "set scram_iterations = 1",
          "alter role " + server.user() + " password '" + password() + "'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Has everything written to its files. */
  public void checkpoint() throws SQLException {
    execute("checkpoint");
  }

  /** Ends it as {@code kill -9} does it, and starts it again on what it left. */
  public void kill() throws InterruptedException {
    ProcessHandle postmaster = ProcessHandle.of(server.pid()).orElseThrow();
    List<ProcessHandle> all =
        Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    while (all.stream().anyMatch(ProcessHandle::isAlive)) {
      Thread.sleep(10);
    }
    server.close(); // else it would start it again by itself, beside the next one
    server = EmbeddedDatabase.start(lock, CONFIG);
  }

  /** The setting by which a server uses a database of this PostgreSQL. */
  public String setting(String jdbcUrl) {
    return jdbcUrl.replaceFirst(
        "^jdbc:postgresql://", "postgres://" + server.user() + ":" + password() + "@");
  }

  public String user() {
    return server.user();
  }

  public String password() {
    return server.password().reveal();
  }

  @Override
  public void close() {
    try (lock) {
      server.close();
    }
  }
}
