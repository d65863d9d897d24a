package io.parley.bootstrap.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** Looks into a database from outside. */
record Rows(String url, String user, String password) {

  /** The embedded database of a data directory, while it runs. */
  static Rows embedded(Path data) {
    Path postgres = data.resolve("postgres");
    try {
      String port = Files.readString(postgres.resolve("port")).strip();
      return new Rows(
          "jdbc:postgresql://127.0.0.1:" + port + "/parley",
          "parley",
          Files.readString(postgres.resolve("password")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long count(String table) {
    return number("select count(*) from " + table);
  }

  /** How many rows each table has. */
  Map<String, Long> ofAllTables() {
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery("select tablename from pg_tables where schemaname = 'public'")) {
      Map<String, Long> rows = new TreeMap<>();
      while (found.next()) {
        rows.put(found.getString(1), count(found.getString(1)));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  long number(String query) {
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
