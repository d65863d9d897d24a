package io.parley.adapter.vectorstore.pgvector;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.SourceId;
import io.parley.domain.erasure.Retained;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Portion;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.port.vectorstore.KeywordIndex;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.IndexedWords;
import io.parley.domain.retrieval.LogPosition;
import io.parley.domain.retrieval.ScoredChunk;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words of all chunks in a table of PostgreSQL, which needs no extension and which all servers
 * of a database share. The words are made by the analysers of the index in the process, and kept as
 * digests. The table's position is in one transaction with its content; a table that is gone, or of
 * another version of the analysers, is at {@link LogPosition#START}.
 */
public final class PgKeywordIndex implements KeywordIndex {
  private final FollowedTable<IndexedWords> followed;
  private final HeldChunks chunks;
  private final WordSearch search;

  private PgKeywordIndex(PgKeywordIndexConfig config) {
    Database database = new Database(config.dataSource());
    IndexTable table = IndexTable.named(database, config.table());
    this.followed = new FollowedTable<>(database, table, new WordRecipe());
    this.chunks = new HeldChunks(database, table);
    this.search = new WordSearch(database, table);
  }

  /**
   * Connects, and makes the table when it is missing.
   *
   * @throws PortFailure {@code INVALID_CONFIGURATION} when the user may not make it
   */
  public static PgKeywordIndex open(PgKeywordIndexConfig config) {
    PgKeywordIndex index = new PgKeywordIndex(config);
    index.followed.ensure();
    return index;
  }

  @Override
  public List<ScoredChunk> search(BotScope scope, String query, int limit, Filter filter) {
    scope.require(Permission.ASK);
    Limits.check(limit);
    return search.best(scope, query, limit, filter);
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
  public void apply(List<IndexChange<IndexedWords>> changes, LogPosition upTo) {
    followed.apply(changes, upTo);
  }

  @Override
  public void startOver() {
    followed.startOver();
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
