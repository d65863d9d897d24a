package io.parley.adapter.persistence;

import io.parley.domain.erasure.Retained;
import io.parley.domain.port.persistence.DatabaseSpace;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Vacuums. PostgreSQL does not write over what it removes: its pages keep the bytes until something
 * else needs the room. In Parley's own server, small tables are therefore written anew, statistics
 * about removed values are dropped, and the log goes on in a new file; that server keeps no old log
 * files. In a server of others, rows are only given free, as its own autovacuum would.
 */
final class PostgresSpace implements DatabaseSpace {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresSpace.class);

  /** Writing a table anew keeps everyone waiting who reads it: at most about a second. */
  private static final long REWRITTEN_BYTES = 128L << 20;

  private static final String OWN_SERVER =
      "select coalesce(current_setting('parley.own_server', true), '') = 'on'";

  private static final String TABLES =
      """
      select quote_ident(relname), pg_total_relation_size(oid) from pg_class
      where relkind = 'r' and relnamespace = current_schema()::regnamespace
      order by relname
      """;

  /** Somebody else reads the table, a backup for example. */
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final PostgresConfig config;

  PostgresSpace(PostgresConfig config) {
    this.config = config;
  }

  private record Table(String name, long bytes) {}

  @Override
  public Set<Retained> reclaim() {
    return PostgresFailures.translating(() -> {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        return isOwn(statement) ? rewrite(statement) : vacuum(statement);
      }
    });
  }

  private Set<Retained> vacuum(Statement statement) throws SQLException {
    for (Table table : tables(statement)) {
      statement.execute("vacuum (skip_locked) " + table.name());
    }
    return EnumSet.of(
        Retained.FREE_SPACE,
        Retained.WRITE_AHEAD_LOG,
        Retained.PROVIDER_BACKUPS,
        Retained.OWN_BACKUPS);
  }

  private static Set<Retained> rewrite(Statement statement) throws SQLException {
    statement.execute("set lock_timeout = '500ms'"); // others queue behind whoever waits
    Set<Retained> retained = EnumSet.of(Retained.OWN_BACKUPS);
    for (Table table : tables(statement)) {
      if (table.bytes() > REWRITTEN_BYTES || !rewritten(statement, table)) {
        statement.execute("vacuum (analyze, skip_locked) " + table.name());
        retained.add(Retained.FREE_SPACE);
      }
    }
    if (!unlessLocked(statement, "vacuum (full) pg_statistic")) {
      retained.add(Retained.FREE_SPACE);
    }
    statement.execute("select pg_switch_wal()");
    statement.execute("checkpoint");
    LOG.debug("Gave up the space of removed rows; kept: {}", retained);
    return retained;
  }

  /** Statistics hold values too: they are forgotten, and made anew. */
  private static boolean rewritten(Statement statement, Table table) throws SQLException {
    if (!unlessLocked(statement, "vacuum (full) " + table.name())) {
      return false;
    }
    statement.execute("delete from pg_statistic where starelid = '" + table.name() + "'::regclass");
    statement.execute("analyze " + table.name());
    return true;
  }

  private static boolean unlessLocked(Statement statement, String command) throws SQLException {
    try {
      statement.execute(command);
      return true;
    } catch (SQLException e) {
      if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  private static boolean isOwn(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery(OWN_SERVER)) {
      return result.next() && result.getBoolean(1);
    }
  }

  private static List<Table> tables(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery(TABLES)) {
      List<Table> tables = new ArrayList<>();
      while (result.next()) {
        tables.add(new Table(result.getString(1), result.getLong(2)));
      }
      return tables;
    }
  }

  /** Beside the pool, whose statements end sooner. */
  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", config.user());
    properties.setProperty("password", config.password().reveal());
    properties.setProperty(
        "connectTimeout", Long.toString(Math.max(1, config.connectTimeout().toSeconds())));
    properties.setProperty("logServerErrorDetail", "false");
    return DriverManager.getConnection(config.jdbcUrl(), properties);
  }
}
