package io.parley.adapter.persistence;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.DatabaseHealth;
import java.sql.SQLException;

final class PostgresHealth implements DatabaseHealth {

  private static final int SECONDS = 2;

  private final Sql sql;

  PostgresHealth(Sql sql) {
    this.sql = sql;
  }

  @Override
  public void ping() {
    boolean valid = sql.onConnection(connection -> connection.isValid(SECONDS));
    if (!valid) {
      throw new PortFailure(
          PortFailure.Kind.UNAVAILABLE,
          PostgresFailures.BACKEND,
          "The database cannot be reached. Please try again.",
          new SQLException("The connection is not valid."));
    }
  }
}
