package io.parley.faults.server;

import io.parley.faults.check.Stores;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Takes every connection that a PostgreSQL has, the server's own too. To be closed. */
final class Exhaustion implements AutoCloseable {
  private static final int ROUNDS_WITHOUT_ANY = 5;
  private static final String OTHERS =
      "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name ="
          + " 'parley'";

  private final List<Connection> taken = new ArrayList<>();

  private Exhaustion() {}

  /** Until nobody else has one and none is left. */
  static Exhaustion of(Stores stores) throws SQLException, InterruptedException {
    Exhaustion all = new Exhaustion();
    try {
      all.take(stores);
      for (int without = 0; without < ROUNDS_WITHOUT_ANY; ) {
        without = all.endOthers() == 0 ? without + 1 : 0;
        all.take(stores);
        Thread.sleep(20);
      }
      return all;
    } catch (SQLException | InterruptedException e) {
      all.close();
      throw e;
    }
  }

  private void take(Stores stores) {
    try {
      while (true) {
        taken.add(DriverManager.getConnection(stores.jdbcUrl(), stores.user(), stores.password()));
      }
    } catch (SQLException e) {
      // None is left.
    }
  }

  private long endOthers() throws SQLException {
    try (Statement statement = taken.getFirst().createStatement();
        ResultSet row = statement.executeQuery(OTHERS)) {
      row.next();
      return row.getLong(1);
    }
  }

  int size() {
    return taken.size();
  }

  @Override
  public void close() throws SQLException {
    for (Connection connection : taken) {
      connection.close();
    }
  }
}
