package io.parley.adapter.vectorstore.pgvector;

import io.parley.adapter.vectorstore.remote.UnitVectors;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.LogPosition;
import io.parley.domain.retrieval.ScoredChunk;
import java.util.List;
import javax.sql.DataSource;

/**
 * The vectors of one generation in a table of PostgreSQL with the extension pgvector, which all
 * servers of a database share. The table's position is in one transaction with its content; a table
 * that is gone is at {@link LogPosition#START}.
 */
public final class PgVectorStore extends PgIndex<IndexedVector> implements VectorStore {
  private final int dimension;
  private final VectorSearch search;

  private PgVectorStore(
      PgVectorStoreConfig config, Database database, IndexTable table, VectorRecipe recipe) {
    super(database, table, recipe);
    this.dimension = config.dimension();
    this.search = new VectorSearch(database, table, recipe, config.exactUpTo());
  }

  /**
   * Connects, and makes the table when it is missing, and the extension where the user may.
   *
   * @throws PortFailure {@code INVALID_CONFIGURATION} when the database cannot hold such vectors,
   *     or the table is one for others
   */
  public static PgVectorStore open(PgVectorStoreConfig config) {
    Database database = new Database(config.dataSource());
    PgVectorStore store =
        new PgVectorStore(
            config,
            database,
            IndexTable.named(database, config.table()),
            new VectorRecipe(config.dimension()));
    store.followed().ensure();
    return store;
  }

  /**
   * Asks whether a database can hold such vectors, and makes the extension where the user may.
   *
   * @throws PortFailure {@code INVALID_CONFIGURATION} when it cannot
   */
  public static void requireUsable(DataSource dataSource, int dimension) {
    VectorType.of(dimension);
    new Database(dataSource).inTransaction(Extension::require);
  }

  @Override
  public List<ScoredChunk> search(BotScope scope, float[] query, int limit, Filter filter) {
    scope.require(Permission.ASK);
    Limits.check(limit);
    float[] unit = UnitVectors.of(query, dimension, PgFailures.BACKEND);
    return search.nearest(scope, unit, limit, filter);
  }
}
