package io.parley.adapter.persistence.embedded;

import io.parley.domain.port.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;

/** Questions to whoever listens on a port. Only one that knows our password can answer them. */
final class ServerInquiry {

  private static final String MAINTENANCE = "postgres";

  private ServerInquiry() {}

  static String jdbcUrl(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** Whether the server on the port serves this directory. */
  static boolean serves(int port, Secret password, Path data) {
    try (Connection connection = connect(port, password)) {
      Path served = Path.of(show(connection, "data_directory"));
      return served.toRealPath().equals(data.toRealPath());
    } catch (SQLException | IOException e) {
      return false;
    }
  }

  /**
   * Asks for the durable settings and makes the database where it is missing.
   *
   * @throws io.parley.domain.port.PortFailure when a setting is not what was asked for
   */
  static void prepare(int port, Secret password, String database) throws SQLException {
    try (Connection connection = connect(port, password)) {
      for (Map.Entry<String, String> setting : ServerSettings.DURABLE.entrySet()) {
        String value = show(connection, setting.getKey());
        if (!value.equals(setting.getValue())) {
          throw EmbeddedFailure.configuration(
              "The embedded database runs with " + setting.getKey() + " = " + value + ".", null);
        }
      }
      create(connection, database);
    }
  }

  private static void create(Connection connection, String database) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet found =
          statement.executeQuery("select 1 from pg_database where datname = '" + database + "'")) {
        if (found.next()) {
          return;
        }
      }
      statement.execute("create database " + database);
    }
  }

  private static String show(Connection connection, String setting) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery("show " + setting)) {
      results.next();
      return results.getString(1);
    }
  }

  private static Connection connect(int port, Secret password) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", Cluster.USER);
    properties.setProperty("password", password.reveal());
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "30");
    properties.setProperty("requireAuth", "scram-sha-256");
    return DriverManager.getConnection(jdbcUrl(port, MAINTENANCE), properties);
  }
}
