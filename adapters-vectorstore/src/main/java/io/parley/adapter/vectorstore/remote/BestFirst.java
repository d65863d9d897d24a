package io.parley.adapter.vectorstore.remote;

import io.parley.domain.document.ChunkId;
import io.parley.domain.port.PortFailure;
import io.parley.domain.retrieval.ScoredChunk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Turns what a store found into what was asked for: in one order, cut where it is known that
 * nothing better, or equal with a smaller id, lies behind the cut.
 *
 * @param backend what people call the store
 * @param limit how many are wanted
 */
public record BestFirst(String backend, int limit) {
  private static final int MORE = 64;
  private static final int MOST = 10_000;

  /** As much as 32-bit sums may lie outside of -1 to 1. */
  private static final double ROUNDING = 1e-3;

  /**
   * Asks until it is known.
   *
   * @param query so many of the best; empty ones are none of Parley's
   * @throws PortFailure {@code CORRUPT_DATA} when scores cannot be cosines
   */
  public List<ScoredChunk> of(IntFunction<List<Optional<ScoredChunk>>> query) {
    for (int size = Math.min(MOST, limit + MORE); ; size = Math.min(MOST, size * 4)) {
      List<Optional<ScoredChunk>> found = query.apply(size);
      List<ScoredChunk> sorted = sorted(found);
      boolean all = found.size() < size || size == MOST;
      if (all || isDecided(sorted)) {
        return sorted.stream().limit(limit).toList();
      }
    }
  }

  private boolean isDecided(List<ScoredChunk> sorted) {
    return sorted.size() > limit && sorted.get(limit - 1).score() > sorted.getLast().score();
  }

  private List<ScoredChunk> sorted(List<Optional<ScoredChunk>> found) {
    Map<ChunkId, ScoredChunk> once = new HashMap<>();
    for (Optional<ScoredChunk> chunk : found) {
      chunk.ifPresent(scored ->
          once.putIfAbsent(scored.id(), new ScoredChunk(scored.id(), cosine(scored.score()))));
    }
    return once.values().stream().sorted(ScoredChunk.BEST_FIRST).toList();
  }

  private double cosine(double score) {
    if (Math.abs(score) <= 1 + ROUNDING) {
      return Math.clamp(score, -1.0, 1.0);
    }
    throw new PortFailure(
        PortFailure.Kind.CORRUPT_DATA,
        backend,
        backend + " returned a score that is no cosine. Reconcile, or build the index anew.",
        null);
  }
}
