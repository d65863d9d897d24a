package io.parley.adapter.storage.memory;

/**
 * How much a cache in the process may hold.
 *
 * @param maxEntries most values, 1 or more
 * @param maxBytes most memory for keys and values together, roughly; at least {@code maxEntries}
 */
public record MemoryCacheConfig(int maxEntries, long maxBytes) {

  public MemoryCacheConfig {
    if (maxEntries < 1 || maxBytes < maxEntries) {
      throw new IllegalArgumentException("A cache needs room for one value at least.");
    }
  }

  /** 1,000 values in 8 MiB. */
  public static MemoryCacheConfig defaults() {
    return new MemoryCacheConfig(1_000, 8L * 1024 * 1024);
  }
}
