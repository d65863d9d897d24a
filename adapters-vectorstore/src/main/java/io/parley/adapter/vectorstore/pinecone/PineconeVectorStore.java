package io.parley.adapter.vectorstore.pinecone;

import io.parley.adapter.vectorstore.remote.BestFirst;
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
import io.pinecone.proto.QueryRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of one generation in a serverless index of Pinecone, which all servers of a database
 * share. The database keeps its position; an index that was never written to, or that is gone, is
 * at {@link LogPosition#START}.
 */
public final class PineconeVectorStore implements VectorStore {
  private static final int MOST = 1_000;

  private final PineconeVectorStoreConfig config;
  private final PineconeIndex index;
  private volatile PineconeCalls calls;

  /** Whether the index is known to have been written to. */
  private volatile boolean written;

  private volatile boolean dropped;

  private PineconeVectorStore(
      PineconeVectorStoreConfig config, PineconeIndex index, PineconeCalls calls) {
    this.config = config;
    this.index = index;
    this.calls = calls;
  }

  /**
   * Connects, and makes the index when it is missing, which takes some seconds.
   *
   * @throws PortFailure {@code INVALID_CONFIGURATION} when the index is one for other vectors, or
   *     as the call failed
   */
  public static PineconeVectorStore open(PineconeVectorStoreConfig config) {
    PineconeIndex index = new PineconeIndex(config);
    return new PineconeVectorStore(config, index, PineconeCalls.open(config, index.ensure()));
  }

  @Override
  public List<ScoredChunk> search(BotScope scope, float[] query, int limit, Filter filter) {
    scope.require(Permission.ASK);
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("A search gives 1 to 1,000 chunks: " + limit);
    }
    float[] unit = UnitVectors.of(query, config.dimension(), PineconeFailures.BACKEND);
    Condition condition = FilterConditions.of(filter);
    if (condition == Condition.Constant.NEVER) {
      return List.of();
    }
    QueryRequest.Builder asked =
        QueryRequest.newBuilder()
            .setNamespace(Namespaces.of(scope.bot()))
            .setFilter(PineconeFilters.of(scope, condition));
    for (float number : unit) {
      asked.addVector(number);
    }
    QueryRequest one = asked.build();
    return there(() ->
        new BestFirst(PineconeFailures.BACKEND, limit)
            .of(size -> nearest(one.toBuilder().setTopK(size).build())));
  }

  private List<Optional<ScoredChunk>> nearest(QueryRequest query) {
    return calls.search(stub -> stub.query(query)).getMatchesList().stream()
        .map(match ->
            PineconeListing.chunk(match.getId()).map(id -> new ScoredChunk(id, match.getScore())))
        .toList();
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public Optional<LogPosition> position() {
    written =
        written || (index.find().isPresent() && freshness().isStamped(Namespaces.ALL.getFirst()));
    return written ? Optional.empty() : Optional.of(LogPosition.START);
  }

  private Freshness freshness() {
    return new Freshness(calls, config.dimension(), config.freshness());
  }

  @Override
  public void apply(List<IndexChange<IndexedVector>> changes, LogPosition upTo) {
    for (IndexChange<IndexedVector> change : changes) {
      if (change instanceof IndexChange.Add<IndexedVector>(List<IndexedVector> chunks)) {
        chunks.forEach(chunk ->
            UnitVectors.check(chunk.vector(), config.dimension(), PineconeFailures.BACKEND));
      }
    }
    there(() -> {
      PineconeWriting writing = new PineconeWriting(calls, config.dimension());
      ChangeSteps.run(changes, writing);
      Set<String> touched = new TreeSet<>(writing.touched());
      if (!written) {
        touched.add(Namespaces.ALL.getFirst());
      }
      freshness().await(touched);
      written = true;
      return true;
    });
  }

  /** Also of an index that is gone: then another one is made. */
  @Override
  public void startOver() {
    written = false;
    PineconeCalls before = calls;
    calls = PineconeCalls.open(config, index.ensure());
    before.close();
    new PineconeWriting(calls, config.dimension()).removeAll();
    long deadline = System.nanoTime() + config.freshness().toNanos();
    while (count() > 0 || freshness().isStamped(Namespaces.ALL.getFirst())) {
      if (System.nanoTime() > deadline) {
        throw PineconeFailures.failure(
            PortFailure.Kind.TIMEOUT, "Pinecone does not show the index empty yet.", null);
      }
      Pauses.of(config.changing().firstPause());
    }
  }

  @Override
  public void drop() {
    dropped = true;
    index.drop();
  }

  @Override
  public long count() {
    return there(() -> new PineconeListing(calls).count());
  }

  @Override
  public Set<ChunkId> chunksOf(SourceId source) {
    return there(() -> new PineconeListing(calls).of(source));
  }

  @Override
  public Portion<ChunkId> chunks(@Nullable String from, int limit) {
    return there(() -> new PineconeListing(calls).all(from, limit));
  }

  @Override
  public Map<ChunkId, Integer> held(Collection<ChunkId> ids) {
    return there(() -> new PineconeListing(calls).held(ids));
  }

  /** Pinecone looks after its bytes; what it cannot mend is an index that is gone. */
  @Override
  public boolean verify() {
    return index.find().isPresent();
  }

  @Override
  public boolean purge() {
    return true;
  }

  /** What Pinecone keeps below, and for how long, is its own to say. */
  @Override
  public Set<Retained> retained() {
    return Set.of(Retained.SOFT_DELETES, Retained.PROVIDER_BACKUPS);
  }

  /** After a failure it is asked again whether the index is there. */
  private <T> T there(Supplier<T> call) {
    if (dropped) {
      throw PineconeFailures.failure(
          PortFailure.Kind.UNAVAILABLE, "The index " + config.index() + " was removed.", null);
    }
    try {
      return call.get();
    } catch (PortFailure e) {
      if (e.retryable() || PineconeFailures.isMissing(e)) {
        written = false;
      }
      throw PineconeFailures.isMissing(e)
          ? PineconeFailures.failure(
              PortFailure.Kind.UNAVAILABLE,
              "The index is gone; it is being built again. Try again later.",
              e)
          : e;
    }
  }

  @Override
  public void close() {
    calls.close();
  }
}
