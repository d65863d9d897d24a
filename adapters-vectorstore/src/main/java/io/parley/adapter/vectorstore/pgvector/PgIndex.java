package io.parley.adapter.vectorstore.pgvector;

import io.parley.domain.document.ChunkId;
import io.parley.domain.document.SourceId;
import io.parley.domain.erasure.Retained;
import io.parley.domain.port.Portion;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.port.vectorstore.IndexFollower;
import io.parley.domain.retrieval.LogPosition;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An index in a table of the database that all servers share.
 *
 * @param <C> what it holds of a chunk
 */
abstract class PgIndex<C> implements IndexFollower<C> {
  private final FollowedTable<C> followed;
  private final HeldChunks chunks;

  PgIndex(Database database, IndexTable table, TableRecipe<C> recipe) {
    this.followed = new FollowedTable<>(database, table, recipe);
    this.chunks = new HeldChunks(database, table);
  }

  final FollowedTable<C> followed() {
    return followed;
  }

  @Override
  public final boolean shared() {
    return true;
  }

  @Override
  public final Optional<LogPosition> position() {
    return Optional.of(followed.position());
  }

  @Override
  public final void apply(List<IndexChange<C>> changes, LogPosition upTo) {
    followed.apply(changes, upTo);
  }

  @Override
  public final void startOver() {
    followed.startOver();
  }

  /** For good; see {@code VectorStore} and {@code KeywordIndex}. */
  public final void drop() {
    followed.drop();
  }

  @Override
  public final long count() {
    return followed.count();
  }

  @Override
  public final Set<ChunkId> chunksOf(SourceId source) {
    return chunks.of(source);
  }

  @Override
  public final Portion<ChunkId> chunks(@Nullable String from, int limit) {
    return chunks.all(from, limit);
  }

  @Override
  public final Map<ChunkId, Integer> held(Collection<ChunkId> ids) {
    return chunks.held(ids);
  }

  /** PostgreSQL looks after its bytes; what it cannot mend is a table that is gone. */
  @Override
  public final boolean verify() {
    return followed.isThere();
  }

  @Override
  public final boolean purge() {
    return true;
  }

  /** PostgreSQL writes over the bytes of removed rows in its own time. */
  @Override
  public final Set<Retained> retained() {
    return Limits.RETAINED;
  }

  /** The data source stays open: it is whose it was. */
  @Override
  public final void close() {
    // Nothing is held between calls.
  }
}
