package io.parley.adapter.persistence;

import io.parley.adapter.persistence.embedded.DataDirectoryLock;
import io.parley.adapter.persistence.embedded.EmbeddedDatabase;
import io.parley.adapter.persistence.embedded.EmbeddedDatabaseConfig;
import io.parley.domain.port.Secret;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A migrated database of a test class's own, in a PostgreSQL that the whole run shares. To be
 * closed after the class: {@code static final TestDatabase DATABASE = TestDatabase.create();}
 */
public final class TestDatabase implements AutoCloseable {

  private static final String TEMPLATE = "parley_template";

  private final String name;
  private final PostgresPersistence persistence;

  private TestDatabase(String name, PostgresPersistence persistence) {
    this.name = name;
    this.persistence = persistence;
  }

  /** A fresh copy of the migrated schema. */
  public static TestDatabase create() {
    String name = Server.INSTANCE.copy(TEMPLATE);
    return new TestDatabase(name, PostgresPersistence.open(config(name)));
  }

  /** The same with another configuration; it gets the fresh database's URL and credentials. */
  public static TestDatabase create(java.util.function.UnaryOperator<PostgresConfig> change) {
    String name = Server.INSTANCE.copy(TEMPLATE);
    return new TestDatabase(name, PostgresPersistence.open(change.apply(config(name))));
  }

  /** A database without a schema; its name goes to {@link #config}. */
  static String empty() {
    return Server.INSTANCE.copy("template0");
  }

  static PostgresConfig config(String name) {
    EmbeddedDatabase server = Server.INSTANCE.server;
    String url = server.jdbcUrl().replaceAll("/[^/]*$", "/" + name);
    return PostgresConfig.of(url, server.user(), server.password());
  }

  public PostgresPersistence persistence() {
    return persistence;
  }

  public PostgresConfig config() {
    return config(name);
  }

  /** A connection beside the pool, for looking and for planting damage. */
  public Connection connect() throws SQLException {
    PostgresConfig config = config();
    return DriverManager.getConnection(config.jdbcUrl(), config.user(), config.password().reveal());
  }

  /** Runs a statement beside the pool. */
  public void execute(String statement) {
    try (Connection connection = connect();
        Statement prepared = connection.createStatement()) {
      prepared.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends all of its connections, and takes no more. */
  void lose() {
    Server.INSTANCE.run("alter database " + name + " allow_connections false");
    Server.INSTANCE.run(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
  }

  @Override
  public void close() {
    persistence.close();
  }

  /** Started once a run, in a directory that is kept between runs. */
  private static final class Server {
    static final Server INSTANCE = new Server();

    private final EmbeddedDatabase server;
    private int copies;

    private Server() {
      DataDirectoryLock lock = DataDirectoryLock.acquire(Path.of("target", "test-database"));
      server =
          EmbeddedDatabase.start(lock, new EmbeddedDatabaseConfig(200, 64, Duration.ofMinutes(2)));
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      databases().forEach(name -> run("drop database \"" + name + "\" with (force)"));
      run("create database " + TEMPLATE + " template template0");
      try (PostgresPersistence template = PostgresPersistence.open(config())) {
        template.migrate();
      }
    }

    private PostgresConfig config() {
      return PostgresConfig.of(
          server.jdbcUrl().replaceAll("/[^/]*$", "/" + TEMPLATE),
          server.user(),
          new Secret(server.password().reveal()));
    }

    synchronized String copy(String template) {
      String name = "test_" + ++copies;
      run("create database " + name + " template " + template);
      return name;
    }

    private List<String> databases() {
      try (Connection connection = connect();
          Statement statement = connection.createStatement();
          ResultSet results =
              statement.executeQuery(
                  "select datname from pg_database where datname like 'test\\_%' or datname = '"
                      + TEMPLATE
                      + "'")) {
        List<String> names = new ArrayList<>();
        while (results.next()) {
          names.add(results.getString(1));
        }
        return names;
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private void run(String statement) {
      try (Connection connection = connect();
          Statement prepared = connection.createStatement()) {
        prepared.execute(statement);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private Connection connect() throws SQLException {
      return DriverManager.getConnection(
          server.jdbcUrl(), server.user(), server.password().reveal());
    }
  }
}
