package io.parley.adapter.vectorstore.pgvector;

import javax.sql.DataSource;

/**
 * Where the words of all chunks are kept in PostgreSQL.
 *
 * @param dataSource of the database; whoever gives it closes it
 * @param table lower-case letters, digits and {@code _}; made when it is missing, in the schema
 *     {@code <current schema>_index}
 */
public record PgKeywordIndexConfig(DataSource dataSource, String table) {

  public PgKeywordIndexConfig {
    IndexTable.requireName(table);
  }

  /** In the table that all servers of a database share. */
  public static PgKeywordIndexConfig of(DataSource dataSource) {
    return new PgKeywordIndexConfig(dataSource, "words");
  }
}
