package io.parley.adapter.vectorstore.pgvector;

import io.parley.adapter.vectorstore.remote.UnitVectors;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.SourceId;
import io.parley.domain.erasure.Retained;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Portion;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.LogPosition;
import io.parley.domain.retrieval.ScoredChunk;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of one generation in a table of PostgreSQL with the extension pgvector, which all
 * servers of a database share. The table's position is in one transaction with its content; a table
 * that is gone is at {@link LogPosition#START}.
 */
public final class PgVectorStore implements VectorStore {
  private final int dimension;
  private final FollowedTable<IndexedVector> followed;
  private final HeldChunks chunks;
  private final VectorSearch search;

  private PgVectorStore(PgVectorStoreConfig config, VectorRecipe recipe) {
    Database database = new Database(config.dataSource());
    IndexTable table = IndexTable.named(database, config.table());
    this.dimension = config.dimension();
    this.followed = new FollowedTable<>(database, table, recipe);
    this.chunks = new HeldChunks(database, table);
    this.search = new VectorSearch(database, table, recipe, config.exactUpTo());
  }

  /**
   * Connects, and makes the table when it is missing, and the extension where the user may.
   *
   * @throws PortFailure {@code INVALID_CONFIGURATION} when the database cannot hold such vectors,
   *     or the table is one for others
   */
  public static PgVectorStore open(PgVectorStoreConfig config) {
    PgVectorStore store = new PgVectorStore(config, new VectorRecipe(config.dimension()));
    store.followed.ensure();
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

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public Optional<LogPosition> position() {
    return Optional.of(followed.position());
  }

  @Override
  public void apply(List<IndexChange<IndexedVector>> changes, LogPosition upTo) {
    followed.apply(changes, upTo);
  }

  @Override
  public void startOver() {
    followed.startOver();
  }

  @Override
  public void drop() {
    followed.drop();
  }

  @Override
  public long count() {
    return followed.count();
  }

  @Override
  public Set<ChunkId> chunksOf(SourceId source) {
    return chunks.of(source);
  }

  @Override
  public Portion<ChunkId> chunks(@Nullable String from, int limit) {
    return chunks.all(from, limit);
  }

  @Override
  public Map<ChunkId, Integer> held(Collection<ChunkId> ids) {
    return chunks.held(ids);
  }

  /** PostgreSQL looks after its bytes; what it cannot mend is a table that is gone. */
  @Override
  public boolean verify() {
    return followed.isThere();
  }

  @Override
  public boolean purge() {
    return true;
  }

  /** PostgreSQL writes over the bytes of removed rows in its own time. */
  @Override
  public Set<Retained> retained() {
    return Limits.RETAINED;
  }

  /** The data source stays open: it is whose it was. */
  @Override
  public void close() {
    // Nothing is held between calls.
  }
}
