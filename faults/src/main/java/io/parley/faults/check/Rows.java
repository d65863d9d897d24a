package io.parley.faults.check;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads rows by plain JDBC. */
final class Rows {
  private Rows() {}

  /** Makes a value of a row. */
  @FunctionalInterface
  interface Mapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  static <T> List<T> of(Connection database, String sql, Mapper<T> mapper) throws SQLException {
    List<T> rows = new ArrayList<>();
    try (PreparedStatement statement = database.prepareStatement(sql);
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        rows.add(mapper.map(result));
      }
    }
    return rows;
  }

  static List<String> texts(Connection database, String sql) throws SQLException {
    return of(database, sql, row -> String.valueOf(row.getString(1)));
  }

  static long number(Connection database, String sql) throws SQLException {
    return of(database, sql, row -> row.getLong(1)).getFirst();
  }
}
