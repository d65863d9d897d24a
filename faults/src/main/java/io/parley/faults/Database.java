package io.parley.faults;

import io.parley.adapter.persistence.embedded.DataDirectoryLock;
import io.parley.adapter.persistence.embedded.EmbeddedDatabase;
import io.parley.adapter.persistence.embedded.EmbeddedDatabaseConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A real PostgreSQL that outlives the processes that are killed, with a database for each of them.
 */
public final class Database implements AutoCloseable {
  private static final EmbeddedDatabaseConfig CONFIG =
      new EmbeddedDatabaseConfig(100, 64, Duration.ofMinutes(1));

  private final DataDirectoryLock lock;
  private final EmbeddedDatabase server;

  private Database(DataDirectoryLock lock, EmbeddedDatabase server) {
    this.lock = lock;
    this.server = server;
  }

  /** Starts one below a directory. */
  public static Database start(Path directory) {
    DataDirectoryLock lock = DataDirectoryLock.acquire(directory);
    try {
      return new Database(lock, EmbeddedDatabase.start(lock, CONFIG));
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Makes an empty database; its URL without credentials. */
  public String create(String name) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(server.jdbcUrl(), server.user(), password());
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return server.jdbcUrl().replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1");
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
