package io.parley.adapter.storage.cache;

import io.parley.domain.port.ai.Embedder;
import io.parley.domain.port.storage.Cache;
import io.parley.domain.port.storage.CacheSpace;
import io.parley.domain.retrieval.EmbeddingModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Remembers the vectors of queries in a cache. Callers in this process who ask the same at the same
 * time share one call; a failure reaches all of them and is not remembered. Every caller gets an
 * array of its own. Passages go through.
 */
public final class CachingEmbedder implements Embedder {
  /** Where the vectors are kept, whatever the model: the key names it. */
  static final CacheSpace QUERIES = new CacheSpace("query-vectors", Duration.ofHours(1));

  private final Embedder inner;
  private final Cache cache;
  private final KeptVector vectors;
  private final ConcurrentMap<String, CompletableFuture<float[]>> running =
      new ConcurrentHashMap<>();
  private volatile boolean closed;

  private CachingEmbedder(Embedder inner, Cache cache) {
    this.inner = inner;
    this.cache = cache;
    this.vectors = new KeptVector(inner.model());
  }

  /**
   * A cache before an embedder, which it closes with itself.
   *
   * @param cache may be that of other embedders too, and stays open
   */
  public static CachingEmbedder open(Embedder inner, Cache cache) {
    return new CachingEmbedder(inner, cache);
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
    if (closed) {
      return inner.embedQuery(query); // says that it is closed, whatever the cache still has
    }
    if (!cache.shared()) {
      Optional<float[]> known = known(query);
      if (known.isPresent()) {
        return known.get();
      }
    }
    CompletableFuture<float[]> mine = new CompletableFuture<>();
    CompletableFuture<float[]> there = running.putIfAbsent(query, mine);
    return there == null ? compute(query, mine) : await(there);
  }

  @Override
  public void close() {
    closed = true;
    inner.close();
  }

  private Optional<float[]> known(String query) {
    return cache.get(QUERIES, vectors.key(query)).flatMap(vectors::read);
  }

  /** What is asked of the network is asked once for all who wait. */
  private float[] compute(String query, CompletableFuture<float[]> promise) {
    try {
      float[] vector = known(query).orElse(null); // somebody may have ended since we looked
      if (vector == null) {
        vector = inner.embedQuery(query);
        cache.put(QUERIES, vectors.key(query), vectors.write(vector));
      }
      promise.complete(vector);
      return vector.clone();
    } catch (RuntimeException | Error e) {
      promise.completeExceptionally(e);
      throw e;
    } finally {
      running.remove(query, promise);
    }
  }

  private static float[] await(CompletableFuture<float[]> promise) {
    try {
      return promise.join().clone();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
