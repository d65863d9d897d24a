package io.parley.adapter.storage.memory;

import java.time.Duration;

/**
 * How much a cache of query embeddings may hold.
 *
 * @param maxEntries most queries, 1 or more
 * @param maxBytes most memory for queries and vectors together, roughly; at least {@code
 *     maxEntries}
 * @param keepFor how long after it was computed; more than zero
 */
public record QueryCacheConfig(int maxEntries, long maxBytes, Duration keepFor) {

  public QueryCacheConfig {
    if (maxEntries < 1 || maxBytes < maxEntries || !keepFor.isPositive()) {
      throw new IllegalArgumentException("A cache of queries needs room for at least one.");
    }
  }

  /** 1,000 queries in 8 MiB for an hour. */
  public static QueryCacheConfig defaults() {
    return new QueryCacheConfig(1_000, 8L * 1024 * 1024, Duration.ofHours(1));
  }
}
