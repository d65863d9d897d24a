package io.parley.adapter.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The row that a statement's result stands at. The plain getters refuse SQL's null. */
final class Row {

  /** Makes a value of a row. */
  @FunctionalInterface
  interface Mapper<T> {
    T map(Row row) throws SQLException;
  }

  private final ResultSet results;

  Row(ResultSet results) {
    this.results = results;
  }

  UUID uuid(String column) throws SQLException {
    return present(nullableUuid(column), column);
  }

  @Nullable UUID nullableUuid(String column) throws SQLException {
    return results.getObject(column, UUID.class);
  }

  String text(String column) throws SQLException {
    return present(nullableText(column), column);
  }

  @Nullable String nullableText(String column) throws SQLException {
    return results.getString(column);
  }

  Instant instant(String column) throws SQLException {
    return present(nullableInstant(column), column);
  }

  @Nullable Instant nullableInstant(String column) throws SQLException {
    OffsetDateTime time = results.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  int integer(String column) throws SQLException {
    return present(nullableInteger(column), column);
  }

  @Nullable Integer nullableInteger(String column) throws SQLException {
    int value = results.getInt(column);
    return results.wasNull() ? null : value;
  }

  long number(String column) throws SQLException {
    return present(nullableNumber(column), column);
  }

  @Nullable Long nullableNumber(String column) throws SQLException {
    long value = results.getLong(column);
    return results.wasNull() ? null : value;
  }

  double decimal(String column) throws SQLException {
    double value = results.getDouble(column);
    if (results.wasNull()) {
      throw new NullPointerException(column);
    }
    return value;
  }

  boolean bool(String column) throws SQLException {
    return results.getBoolean(column);
  }

  byte[] bytes(String column) throws SQLException {
    return present(results.getBytes(column), column);
  }

  /** A text column that holds an enum's name in lower case. */
  <E extends Enum<E>> E constant(String column, Class<E> type) throws SQLException {
    return Enum.valueOf(type, text(column).toUpperCase(Locale.ROOT));
  }

  private static <T> T present(@Nullable T value, String column) {
    return Objects.requireNonNull(value, column);
  }
}
