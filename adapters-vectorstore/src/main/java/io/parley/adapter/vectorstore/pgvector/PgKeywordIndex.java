package io.parley.adapter.vectorstore.pgvector;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.vectorstore.KeywordIndex;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.IndexedWords;
import io.parley.domain.retrieval.LogPosition;
import io.parley.domain.retrieval.ScoredChunk;
import java.util.List;

/**
 * The words of all chunks in a table of PostgreSQL, which needs no extension and which all servers
 * of a database share. The words are made by the analysers of the index in the process, and kept as
 * digests. The table's position is in one transaction with its content; a table that is gone, or of
 * another version of the analysers, is at {@link LogPosition#START}.
 */
public final class PgKeywordIndex extends PgIndex<IndexedWords> implements KeywordIndex {
  private final WordSearch search;

  private PgKeywordIndex(Database database, IndexTable table) {
    super(database, table, new WordRecipe());
    this.search = new WordSearch(database, table);
  }

  /**
   * Connects, and makes the table when it is missing.
   *
   * @throws PortFailure {@code INVALID_CONFIGURATION} when the user may not make it
   */
  public static PgKeywordIndex open(PgKeywordIndexConfig config) {
    Database database = new Database(config.dataSource());
    PgKeywordIndex index = new PgKeywordIndex(database, IndexTable.named(database, config.table()));
    index.followed().ensure();
    return index;
  }

  @Override
  public List<ScoredChunk> search(BotScope scope, String query, int limit, Filter filter) {
    scope.require(Permission.ASK);
    Limits.check(limit);
    return search.best(scope, query, limit, filter);
  }
}
