package io.parley.adapter.storage.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.retrieval.EmbeddingModel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Remembers the vectors of queries. Callers who ask the same at the same time share one call; a
 * failure reaches all of them and is not remembered. Every caller gets an array of its own.
 * Passages go through.
 */
public final class CachingEmbedder implements Embedder {
  private final Embedder inner;
  private final Cache<String, float[]> vectors;
  private final ConcurrentMap<String, CompletableFuture<float[]>> running =
      new ConcurrentHashMap<>();

  CachingEmbedder(Embedder inner, QueryCacheConfig config, Ticker ticker) {
    this.inner = inner;
    int least = (int) Math.min(Integer.MAX_VALUE, config.maxBytes() / config.maxEntries());
    // An entry weighs its share of the memory at least, so that one limit bounds both.
    this.vectors =
        Caffeine.newBuilder()
            .maximumWeight((long) least * config.maxEntries())
            .weigher((String query, float[] vector) -> Math.max(least, bytes(query, vector)))
            .expireAfterWrite(config.keepFor())
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /**
   * A cache before an embedder, which it closes with itself.
   *
   * @param inner of one model: a cache never serves two
   */
  public static CachingEmbedder open(Embedder inner, QueryCacheConfig config) {
    return new CachingEmbedder(inner, config, Ticker.systemTicker());
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
    float[] known = vectors.getIfPresent(query);
    if (known != null) {
      return known.clone();
    }
    CompletableFuture<float[]> mine = new CompletableFuture<>();
    CompletableFuture<float[]> there = running.putIfAbsent(query, mine);
    return there == null ? compute(query, mine) : await(there);
  }

  @Override
  public void close() {
    vectors.invalidateAll();
    inner.close();
  }

  /** Queries remembered now. */
  long size() {
    vectors.cleanUp();
    return vectors.estimatedSize();
  }

  private float[] compute(String query, CompletableFuture<float[]> promise) {
    try {
      float[] vector = vectors.getIfPresent(query); // somebody may have ended since we looked
      if (vector == null) {
        vector = inner.embedQuery(query);
        vectors.put(query, vector);
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

  private static int bytes(String query, float[] vector) {
    return query.length() * Character.BYTES + vector.length * Float.BYTES;
  }
}
