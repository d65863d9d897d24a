package io.parley.adapter.vectorstore.pgvector;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs statements. */
final class Statements {

  private Statements() {}

  /** What is wanted of a row. */
  @FunctionalInterface
  interface Mapper<T> {
    T of(ResultSet row) throws SQLException;
  }

  static <T> List<T> list(Connection connection, Sql sql, Mapper<T> mapper) throws SQLException {
    try (PreparedStatement prepared = prepared(connection, sql);
        ResultSet rows = prepared.executeQuery()) {
      List<T> found = new ArrayList<>();
      while (rows.next()) {
        found.add(mapper.of(rows));
      }
      return found;
    }
  }

  static <T> Optional<T> first(Connection connection, Sql sql, Mapper<T> mapper)
      throws SQLException {
    return list(connection, sql, mapper).stream().findFirst();
  }

  static boolean exists(Connection connection, Sql sql) throws SQLException {
    return first(connection, sql, row -> true).isPresent();
  }

  static int update(Connection connection, Sql sql) throws SQLException {
    try (PreparedStatement prepared = prepared(connection, sql)) {
      return prepared.executeUpdate();
    }
  }

  /** Statements without values, one after the other. */
  static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }

  private static PreparedStatement prepared(Connection connection, Sql sql) throws SQLException {
    PreparedStatement prepared = connection.prepareStatement(sql.text());
    try {
      bind(prepared, sql.values());
      return prepared;
    } catch (SQLException | RuntimeException e) {
      prepared.close();
      throw e;
    }
  }

  static void bind(PreparedStatement prepared, List<Object> values) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      switch (values.get(i)) {
        case Object[] items -> bindArray(prepared, i + 1, items);
        case byte[] bytes -> prepared.setBytes(i + 1, bytes);
        case Object value -> prepared.setObject(i + 1, value);
      }
    }
  }

  private static void bindArray(PreparedStatement prepared, int index, Object[] items)
      throws SQLException {
    String type =
        switch (items) {
          case Long[] _ -> "int8";
          case Integer[] _ -> "int4";
          case Short[] _ -> "int2";
          case Double[] _ -> "float8";
          case Boolean[] _ -> "bool";
          case java.util.UUID[] _ -> "uuid";
          case byte[][] _ -> "bytea";
          default -> throw new IllegalArgumentException("No array of this kind is sent.");
        };
    prepared.setArray(index, prepared.getConnection().createArrayOf(type, items));
  }
}
