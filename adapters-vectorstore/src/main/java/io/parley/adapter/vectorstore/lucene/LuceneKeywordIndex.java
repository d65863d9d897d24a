package io.parley.adapter.vectorstore.lucene;

import io.parley.adapter.vectorstore.terms.WordAnalysis;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.SourceId;
import io.parley.domain.erasure.Retained;
import io.parley.domain.port.Portion;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.port.vectorstore.KeywordIndex;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.IndexedWords;
import io.parley.domain.retrieval.LogPosition;
import io.parley.domain.retrieval.ScoredChunk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * The words of all chunks in a directory of the process. A damaged directory, or one of another
 * version of the analysers, starts over at {@link LogPosition#START}.
 */
public final class LuceneKeywordIndex implements KeywordIndex {

  private static final Sort BEST_FIRST =
      new Sort(SortField.FIELD_SCORE, new SortField(ChunkFields.ID, SortField.Type.STRING));

  private final FollowedIndex<IndexedWords> index;

  private LuceneKeywordIndex(FollowedIndex<IndexedWords> index) {
    this.index = index;
  }

  /**
   * Opens the directory, or makes it, and owns it until it is closed.
   *
   * @throws io.parley.domain.port.PortFailure {@code UNAVAILABLE} while another process owns it
   */
  public static LuceneKeywordIndex open(LuceneKeywordIndexConfig config) {
    return open(config, LuceneVectorStore.directory(config.directory()));
  }

  static LuceneKeywordIndex open(LuceneKeywordIndexConfig config, Directory directory) {
    return new LuceneKeywordIndex(FollowedIndex.open(directory, new WordRecipe(config)));
  }

  @Override
  public List<ScoredChunk> search(BotScope scope, String query, int limit, Filter filter) {
    scope.require(Permission.ASK);
    Limits.check(limit);
    return index.search(searcher -> search(searcher, scope, query, limit, filter));
  }

  private static List<ScoredChunk> search(
      IndexSearcher searcher, BotScope scope, String query, int limit, Filter filter)
      throws IOException {
    Query wanted =
        new BooleanQuery.Builder()
            .add(WordQueries.of(query, analysers(searcher, scope)), Occur.MUST)
            .add(FilterQueries.of(scope, filter), Occur.FILTER)
            .build();
    List<ScoredChunk> found = new ArrayList<>();
    for (ScoreDoc doc : searcher.search(wanted, limit, BEST_FIRST).scoreDocs) {
      Object[] scoreAndId = ((FieldDoc) doc).fields;
      ChunkId id = ChunkFields.idOf((BytesRef) scoreAndId[1]);
      found.add(new ScoredChunk(id, (Float) scoreAndId[0]));
    }
    return found;
  }

  /** Those that made stems of the bot's chunks. */
  private static List<String> analysers(IndexSearcher searcher, BotScope scope) throws IOException {
    BytesRef inScope = ChunkFields.scope(scope.tenant(), scope.bot()).bytes();
    List<String> used = new ArrayList<>();
    for (String analyser : WordAnalysis.stemming()) {
      if (searcher.getIndexReader().docFreq(WordRecipe.analysed(inScope, analyser)) > 0) {
        used.add(analyser);
      }
    }
    return used;
  }

  @Override
  public boolean shared() {
    return false;
  }

  @Override
  public Optional<LogPosition> position() {
    return Optional.of(index.position());
  }

  @Override
  public void apply(List<IndexChange<IndexedWords>> changes, LogPosition upTo) {
    index.apply(changes, upTo);
  }

  @Override
  public void startOver() {
    index.startOver();
  }

  @Override
  public void drop() {
    index.drop();
  }

  @Override
  public long count() {
    return index.count();
  }

  @Override
  public Set<ChunkId> chunksOf(SourceId source) {
    return index.chunksOf(source);
  }

  @Override
  public Portion<ChunkId> chunks(@Nullable String from, int limit) {
    return index.chunks(from, limit);
  }

  @Override
  public Map<ChunkId, Integer> held(Collection<ChunkId> ids) {
    return index.held(ids);
  }

  @Override
  public boolean verify() {
    return index.verify();
  }

  @Override
  public boolean purge() {
    return index.purge();
  }

  /** Files that were merged away are deleted; nothing else keeps copies. */
  @Override
  public Set<Retained> retained() {
    return Set.of(Retained.OWN_BACKUPS);
  }

  /** Waits for merges that are under way. */
  @Override
  public void close() {
    index.close();
  }
}
