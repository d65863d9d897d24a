package io.parley.adapter.vectorstore.pgvector;

import io.parley.domain.port.PortFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The extension {@code vector} of a database.
 *
 * @param schema where its types and operators are
 */
record Extension(String schema) {
  private static final Logger LOG = LoggerFactory.getLogger(Extension.class);

  /** Filtered searches go on until they have enough since this version. */
  private static final List<Integer> OLDEST = List.of(0, 8);

  private static final Pattern NUMBERS = Pattern.compile("\\D+");

  private record Found(String schema, String version) {}

  /**
   * Finds it, and makes it where the user may.
   *
   * @throws PortFailure {@code INVALID_CONFIGURATION} when there is none, or one that is too old
   */
  static Extension require(Connection connection) throws SQLException {
    Optional<Found> found = find(connection);
    if (found.isEmpty()) {
      create(connection);
      found = find(connection);
    }
    Found there = found.orElseThrow();
    if (isOld(there.version())) {
      throw PgFailures.configuration(
          "The extension vector (pgvector) of the database has version "
              + there.version()
              + ", and Parley needs 0.8.0 or newer. Install that one on the server and run: alter"
              + " extension vector update;",
          null);
    }
    return new Extension(IndexTable.quoted(there.schema()));
  }

  private static Optional<Found> find(Connection connection) throws SQLException {
    return Statements.first(
        connection,
        Sql.of(
            "select n.nspname, e.extversion from pg_extension e"
                + " join pg_namespace n on n.oid = e.extnamespace where e.extname = 'vector'"),
        row -> new Found(row.getString(1), row.getString(2)));
  }

  private static boolean isOld(String version) {
    List<Integer> numbers =
        Stream.concat(NUMBERS.splitAsStream(version), Stream.of("0", "0"))
            .filter(part -> !part.isEmpty())
            .map(Integer::valueOf)
            .toList();
    int major = numbers.get(0);
    return major < OLDEST.get(0) || (major == OLDEST.get(0) && numbers.get(1) < OLDEST.get(1));
  }

  private static void create(Connection connection) throws SQLException {
    Sql offered = Sql.of("select from pg_available_extensions where name = 'vector'");
    if (!Statements.exists(connection, offered)) {
      throw PgFailures.configuration(
          "The PostgreSQL server does not have the extension vector (pgvector). Install it there and"
              + " run: create extension vector; or choose a hosted PostgreSQL, most of which have it,"
              + " or another PARLEY_VECTOR_STORE.",
          null);
    }
    try {
      Statements.execute(connection, "create extension vector");
      LOG.info("made the extension vector in the database");
    } catch (SQLException e) {
      throw PgFailures.isRefused(e)
          ? PgFailures.configuration(
              "The database has no extension vector (pgvector), and DATABASE_URL's user may not make"
                  + " it. Have an administrator run in this database: create extension vector;",
              e)
          : PgFailures.of(e);
    }
  }
}
