package io.parley.adapter.vectorstore.pgvector;

import javax.sql.DataSource;

/**
 * Where the vectors of one generation are kept in PostgreSQL.
 *
 * @param dataSource of the database; whoever gives it closes it
 * @param table of this generation alone, lower-case letters, digits and {@code _}; made when it is
 *     missing, in the schema {@code <current schema>_index}
 * @param dimension numbers in a vector, 1–4,096, of which pgvector indexes 4,000
 * @param exactUpTo bots with at most so many chunks are searched without the approximate index
 */
public record PgVectorStoreConfig(
    DataSource dataSource, String table, int dimension, int exactUpTo) {

  /** As many as are read in some milliseconds. */
  public static final int EXACT_UP_TO = 5_000;

  public PgVectorStoreConfig {
    IndexTable.requireName(table);
    if (dimension < 1 || dimension > 4096) {
      throw new IllegalArgumentException("A vector has 1 to 4,096 dimensions: " + dimension);
    }
    if (exactUpTo < 0) {
      throw new IllegalArgumentException("exactUpTo is at least 0.");
    }
  }

  /** With the default for small bots. */
  public static PgVectorStoreConfig of(DataSource dataSource, String table, int dimension) {
    return new PgVectorStoreConfig(dataSource, table, dimension, EXACT_UP_TO);
  }
}
