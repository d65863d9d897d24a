package io.parley.adapter.storage.cache;

import io.parley.domain.port.ai.Embedder;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.testkit.ai.HashingEmbedder;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts the queries that reach it; can hold them up, and fail. */
final class CountingEmbedder implements Embedder {
  static final int DIMENSION = 64;

  private final Embedder inner = new HashingEmbedder(DIMENSION);
  private final AtomicInteger queries = new AtomicInteger();
  private final CountDownLatch entered = new CountDownLatch(1);
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile @Nullable RuntimeException failure;
  private volatile boolean closed;

  /** Holds all queries until {@link #letGo()}. */
  void holdUp() {
    gate = new CountDownLatch(1);
  }

  void letGo() {
    gate.countDown();
  }

  /** Waits until the first query has come. */
  void awaitQuery() throws InterruptedException {
    entered.await();
  }

  /** From now on queries fail so; with null they succeed again. */
  void failWith(@Nullable RuntimeException thrown) {
    failure = thrown;
  }

  int queries() {
    return queries.get();
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public EmbeddingModel model() {
    return inner.model();
  }

  @Override
  public List<float[]> embedPassages(List<String> passages) {
    return inner.embedPassages(passages);
  }

  @Override
  public float[] embedQuery(String query) {
    queries.incrementAndGet();
    entered.countDown();
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    RuntimeException thrown = failure;
    if (thrown != null) {
      throw thrown;
    }
    return inner.embedQuery(query);
  }

  @Override
  public void close() {
    closed = true;
    inner.close();
  }
}
