package io.parley.adapter.vectorstore.lucene;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.SourceId;
import io.parley.domain.erasure.Retained;
import io.parley.domain.port.Portion;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.LogPosition;
import io.parley.domain.retrieval.ScoredChunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of one generation in a directory of the process. A damaged directory, or one made for
 * another dimension, starts over at {@link LogPosition#START}.
 */
public final class LuceneVectorStore implements VectorStore {

  private final LuceneVectorStoreConfig config;
  private final FollowedIndex<IndexedVector> index;

  private LuceneVectorStore(LuceneVectorStoreConfig config, FollowedIndex<IndexedVector> index) {
    this.config = config;
    this.index = index;
  }

  /**
   * Opens the directory, or makes it, and owns it until it is closed.
   *
   * @throws io.parley.domain.port.PortFailure {@code UNAVAILABLE} while another process owns it
   */
  public static LuceneVectorStore open(LuceneVectorStoreConfig config) {
    return open(config, directory(config.directory()));
  }

  static LuceneVectorStore open(LuceneVectorStoreConfig config, Directory directory) {
    return new LuceneVectorStore(config, FollowedIndex.open(directory, new VectorRecipe(config)));
  }

  static Directory directory(Path path) {
    try {
      return FSDirectory.open(Files.createDirectories(path));
    } catch (IOException e) {
      throw LuceneFailures.of(e);
    }
  }

  @Override
  public List<ScoredChunk> search(BotScope scope, float[] query, int limit, Filter filter) {
    scope.require(Permission.ASK);
    Limits.check(limit);
    float[] unit = UnitVectors.of(query, config.dimension());
    Query accepted = FilterQueries.of(scope, filter);
    return index.search(searcher -> new Nearest(searcher, unit, limit).among(accepted));
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
  public void apply(List<IndexChange<IndexedVector>> changes, LogPosition upTo) {
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
