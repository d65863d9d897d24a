package io.parley.adapter.vectorstore.pgvector;

import io.parley.domain.port.PortFailure;
import java.sql.Connection;
import java.sql.SQLException;

/** The schema of the indexes, with the table of their positions. */
final class IndexPlace {
  /** Says in the database who made the schema, so that nobody else's is removed. */
  private static final String OURS = "Parley''s indexes; made by Parley, and removed with the last";

  private final IndexTable table;
  private final String positions;

  IndexPlace(IndexTable table) {
    this.table = table;
    this.positions = table.beside("positions");
  }

  /** As statements name it. */
  String positions() {
    return positions;
  }

  /**
   * Makes what is missing.
   *
   * @throws PortFailure {@code INVALID_CONFIGURATION} when the user may not make it
   */
  void ensure(Connection connection) throws SQLException {
    Sql find = Sql.of("select from pg_namespace where nspname = ?", table.schema());
    try {
      if (!Statements.exists(connection, find)) {
        Statements.execute(
            connection,
            "create schema " + table.quotedSchema(),
            "comment on schema " + table.quotedSchema() + " is '" + OURS + "'");
      }
      Statements.execute(
          connection,
          "create table if not exists "
              + positions
              + " (name text primary key, recipe text not null, position bigint not null, entry uuid,"
              + " chunks bigint not null)");
    } catch (SQLException e) {
      if (PgFailures.isRefused(e)) {
        throw noRight(e);
      }
      throw e;
    }
  }

  private PortFailure noRight(SQLException e) {
    return PgFailures.configuration(
        "DATABASE_URL's user may not make tables for the index. Have the database's owner run:"
            + " create schema "
            + table.quotedSchema()
            + " authorization <user>;",
        e);
  }

  boolean isThere(Connection connection) throws SQLException {
    return Statements.exists(
        connection, Sql.of("select where to_regclass(?) is not null", positions));
  }

  /**
   * Whether there is no index but that one, which then stays so until the transaction ends.
   *
   * @param name of the index that is about to go
   */
  boolean isLeftWithout(Connection connection, String name) throws SQLException {
    Sql owned =
        Sql.of(
            "select from pg_class where oid = to_regclass(?) and pg_has_role(relowner, 'USAGE')",
            positions);
    Sql others = Sql.of("select from " + positions + " where name <> ?", name);
    if (!Statements.exists(connection, owned) || Statements.exists(connection, others)) {
      return false;
    }
    // Taken before the row of this index, as whoever writes takes them.
    Statements.execute(connection, "lock table " + positions + " in access exclusive mode");
    return !Statements.exists(connection, others);
  }

  /** Removes the table of positions, and the schema when Parley made it and it is empty. */
  void drop(Connection connection) throws SQLException {
    Statements.execute(connection, "drop table " + positions);
    Sql empty =
        Sql.of(
            "select from pg_namespace n where nspname = ? and obj_description(n.oid, 'pg_namespace') = '"
                + OURS
                + "' and pg_has_role(nspowner, 'USAGE') and not exists (select from pg_depend"
                + " where refclassid = 'pg_namespace'::regclass and refobjid = n.oid)",
            table.schema());
    if (Statements.exists(connection, empty)) {
      Statements.execute(connection, "drop schema " + table.quotedSchema());
    }
  }
}
