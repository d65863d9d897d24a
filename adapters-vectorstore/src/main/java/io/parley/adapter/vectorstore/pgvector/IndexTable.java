package io.parley.adapter.vectorstore.pgvector;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Where an index is: a table in a schema beside the one of Parley's rows, whose migrations so need
 * no extension.
 *
 * @param schema as it is, without quotes
 * @param name lower-case letters, digits and {@code _}, at most 48
 */
record IndexTable(String schema, String name) {
  private static final int MOST = 48;

  IndexTable {
    requireName(name);
  }

  static void requireName(String name) {
    if (!name.matches("[a-z_][a-z0-9_]{0," + (MOST - 1) + "}")) {
      throw new IllegalArgumentException("Not the name of an index's table: " + name);
    }
  }

  /** In the schema {@code <current>_index}. */
  static IndexTable named(Database database, String name) {
    return new IndexTable(database.run(IndexTable::currentSchema) + "_index", name);
  }

  private static String currentSchema(Connection connection) throws SQLException {
    return Statements.first(
            connection,
            Sql.of("select coalesce(current_schema(), 'public')"),
            row -> row.getString(1))
        .orElseThrow();
  }

  String quotedSchema() {
    return quoted(schema);
  }

  /** As statements name it. */
  String quoted() {
    return quotedSchema() + "." + quoted(name);
  }

  /** Another table of the schema. */
  String beside(String other) {
    return quotedSchema() + "." + quoted(other);
  }

  static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
