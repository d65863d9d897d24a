package io.parley.testkit.vectorstore;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.ChunkId;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.ChunkAttributes;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.LogPosition;
import io.parley.domain.retrieval.ScoredChunk;
import java.util.List;
import java.util.Optional;

/** Vectors in memory, compared one by one. */
public final class InMemoryVectorStore extends InMemoryIndex<IndexedVector> implements VectorStore {

  private final int dimension;
  private final boolean shared;
  private volatile boolean dropped;

  /**
   * One of a server's own.
   *
   * @param dimension numbers in a vector
   */
  public InMemoryVectorStore(int dimension) {
    this(dimension, false);
  }

  private InMemoryVectorStore(int dimension, boolean shared) {
    this.dimension = dimension;
    this.shared = shared;
  }

  /** One that several servers work on, and whose position the database keeps. */
  public static InMemoryVectorStore sharedByServers(int dimension) {
    return new InMemoryVectorStore(dimension, true);
  }

  @Override
  public boolean shared() {
    return shared;
  }

  @Override
  public Optional<LogPosition> position() {
    return super.position().filter(kept -> !shared || kept.equals(LogPosition.START));
  }

  @Override
  public List<ScoredChunk> search(BotScope scope, float[] query, int limit, Filter filter) {
    check(query);
    if (dropped) {
      throw new PortFailure(
          PortFailure.Kind.UNAVAILABLE, "in-memory vectors", "The index was dropped.", null);
    }
    return best(
        scope, limit, filter, Double.NEGATIVE_INFINITY, chunk -> cosine(query, chunk.vector()));
  }

  @Override
  public void drop() {
    startOver();
    dropped = true;
  }

  /** The cosine of the angle between two vectors, -1 to 1. */
  static double cosine(float[] a, float[] b) {
    double cosine = product(a, b) / Math.sqrt(product(a, a) * product(b, b));
    return Math.clamp(cosine, -1, 1);
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  @Override
  ChunkId idOf(IndexedVector chunk) {
    return chunk.id();
  }

  @Override
  ChunkAttributes attributesOf(IndexedVector chunk) {
    return chunk.attributes();
  }

  @Override
  void check(IndexedVector chunk) {
    check(chunk.vector());
  }

  private void check(float[] vector) {
    double square = product(vector, vector);
    if (vector.length != dimension || !Double.isFinite(square) || square == 0) {
      throw new PortFailure(
          PortFailure.Kind.CORRUPT_DATA, "in-memory vectors", "Not a vector of this store.", null);
    }
  }
}
