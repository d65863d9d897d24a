package io.parley.adapter.vectorstore.pgvector;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Work on connections of a data source; what fails comes out in our words. */
record Database(DataSource source) {

  /** Statements on a connection. */
  @FunctionalInterface
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** Statements that each stand alone. */
  <T> T run(Work<T> work) {
    try (Connection connection = source.getConnection()) {
      return work.on(connection);
    } catch (SQLException e) {
      throw PgFailures.of(e);
    }
  }

  /** Statements that are one. */
  <T> T inTransaction(Work<T> work) {
    return run(connection -> {
      connection.setAutoCommit(false);
      boolean done = false;
      try {
        T result = work.on(connection);
        connection.commit();
        done = true;
        return result;
      } finally {
        end(connection, done);
      }
    });
  }

  /** What cannot be rolled back any more is lost with its connection, which is what is wanted. */
  private static void end(Connection connection, boolean done) {
    try {
      if (!done) {
        connection.rollback();
      }
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      PgFailures.LOG.debug("A transaction ended with its connection: {}", e.getMessage());
    }
  }
}
