package io.parley.adapter.vectorstore.qdrant;

import io.parley.adapter.vectorstore.remote.ChangeSteps;
import io.parley.adapter.vectorstore.remote.Condition;
import io.parley.adapter.vectorstore.remote.FilterConditions;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of one generation in a collection of Qdrant, which all servers of a database share.
 * The database keeps its position; a collection that was never written to, or that is gone, is at
 * {@link LogPosition#START}.
 */
public final class QdrantVectorStore implements VectorStore {
  private static final int MOST = 1_000;

  private final QdrantVectorStoreConfig config;
  private final QdrantCalls calls;
  private final QdrantCollection collection;
  private final QdrantPoints points;
  private final QdrantSearch search;
  private final QdrantListing listing;

  /** Whether the collection is known to have been written to. */
  private volatile boolean written;

  private QdrantVectorStore(QdrantVectorStoreConfig config, QdrantCalls calls) {
    this.config = config;
    this.calls = calls;
    this.collection = new QdrantCollection(calls, config.collection(), config.dimension());
    this.points = new QdrantPoints(calls, config.collection(), config.dimension());
    this.search = new QdrantSearch(calls, config.collection());
    this.listing = new QdrantListing(calls, config.collection());
  }

  /**
   * Connects, and makes the collection when it is missing.
   *
   * @throws PortFailure {@code INVALID_CONFIGURATION} when the collection is one for other vectors,
   *     or as the call failed
   */
  public static QdrantVectorStore open(QdrantVectorStoreConfig config) {
    QdrantVectorStore store = new QdrantVectorStore(config, QdrantCalls.open(config));
    try {
      store.collection.ensure();
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  @Override
  public List<ScoredChunk> search(BotScope scope, float[] query, int limit, Filter filter) {
    scope.require(Permission.ASK);
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("A search gives 1 to 1,000 chunks: " + limit);
    }
    float[] unit = UnitVectors.of(query, config.dimension(), QdrantCalls.BACKEND);
    Condition condition = FilterConditions.of(filter);
    return condition == Condition.Constant.NEVER
        ? List.of()
        : there(() -> search.nearest(unit, limit, QdrantFilters.of(scope, condition)));
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public Optional<LogPosition> position() {
    written = written || collection.find().filter(QdrantCollection::isWritten).isPresent();
    return written ? Optional.empty() : Optional.of(LogPosition.START);
  }

  @Override
  public void apply(List<IndexChange<IndexedVector>> changes, LogPosition upTo) {
    for (IndexChange<IndexedVector> change : changes) {
      if (change instanceof IndexChange.Add<IndexedVector>(List<IndexedVector> chunks)) {
        chunks.forEach(
            chunk -> UnitVectors.check(chunk.vector(), config.dimension(), QdrantCalls.BACKEND));
      }
    }
    there(() -> {
      if (!written) {
        collection.prepareForWriting();
        written = true;
      }
      ChangeSteps.run(changes, new Writing());
      return true;
    });
  }

  private final class Writing implements ChangeSteps.Target {
    @Override
    public void add(Collection<IndexedVector> chunks) {
      points.upsert(chunks);
    }

    @Override
    public void removeSources(Collection<SourceId> sources) {
      sources.forEach(source -> points.delete(QdrantFilters.of(source)));
    }

    @Override
    public void remove(IndexChange<IndexedVector> change) {
      switch (change) {
        case IndexChange.Add<IndexedVector> add -> points.upsert(add.chunks());
        case IndexChange.RemoveVersion<IndexedVector> gone ->
            points.delete(QdrantFilters.of(gone.ref()));
        case IndexChange.RemoveSource<IndexedVector> gone ->
            points.delete(QdrantFilters.of(gone.source()));
        case IndexChange.RemoveChunks<IndexedVector> gone -> points.delete(gone.chunks());
      }
    }
  }

  @Override
  public void startOver() {
    written = false;
    collection.replace();
  }

  @Override
  public void drop() {
    written = false;
    collection.drop();
  }

  @Override
  public long count() {
    return there(listing::count);
  }

  @Override
  public Set<ChunkId> chunksOf(SourceId source) {
    return there(() -> listing.of(source));
  }

  @Override
  public Portion<ChunkId> chunks(@Nullable String from, int limit) {
    return there(() -> listing.all(from, limit));
  }

  @Override
  public Map<ChunkId, Integer> held(Collection<ChunkId> ids) {
    return there(() -> listing.held(ids));
  }

  /** Qdrant looks after its bytes; what it cannot mend is a collection that is gone. */
  @Override
  public boolean verify() {
    return collection.find().isPresent();
  }

  @Override
  public boolean purge() {
    return true;
  }

  /** Segments are written anew in Qdrant's own time; snapshots are made by whoever runs it. */
  @Override
  public Set<Retained> retained() {
    return Set.of(Retained.FREE_SPACE, Retained.WRITE_AHEAD_LOG, Retained.OWN_BACKUPS);
  }

  /** What does not find the collection tells that it is gone. */
  private <T> T there(Supplier<T> call) {
    try {
      return call.get();
    } catch (PortFailure e) {
      if (QdrantCalls.isMissing(e)) {
        written = false;
        throw QdrantCollection.gone();
      }
      throw e;
    }
  }

  @Override
  public void close() {
    calls.close();
  }
}
