package io.parley.adapter.vectorstore.pgvector;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/**
 * What an index's table holds beside {@link ChunkColumns}, and how it gets there.
 *
 * @param <C> what it holds of a chunk
 */
interface TableRecipe<C> extends ChunkKind<C> {

  /** Changes with what is written; a table of another recipe is emptied. */
  String name();

  /** Before there is a table; refuses a database that cannot hold it. */
  void prepare(Connection connection) throws SQLException;

  /** The table and what belongs to it, quoted; each is nothing without the others. */
  List<String> tables(IndexTable table);

  /** Makes all of them; what is there is dropped. */
  void create(Connection connection, IndexTable table) throws SQLException;

  /** Refuses tables that were made for something else, and mends what is missing. */
  void requireFits(Connection connection, IndexTable table) throws SQLException;

  /** Writes chunks, each once, of which none is there. */
  void add(Connection connection, IndexTable table, Collection<C> chunks) throws SQLException;

  /**
   * Removes chunks.
   *
   * @param which a condition on a table {@code t}
   * @return how many there were
   */
  int remove(Connection connection, IndexTable table, Sql which) throws SQLException;

  /** Removes everything. */
  void clear(Connection connection, IndexTable table) throws SQLException;
}
