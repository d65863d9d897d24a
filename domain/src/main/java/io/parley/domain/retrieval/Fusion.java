package io.parley.domain.retrieval;

import io.parley.domain.document.ChunkId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the answers of two indexes into one order: the convex combination of min-max normalised
 * scores (Bruch, Gai, Ingber: "An Analysis of Fusion Functions for Hybrid Retrieval", ACM TOIS
 * 2023).
 *
 * @param vectorWeight weight of the vector scores, 0–1; the words get the rest
 */
public record Fusion(double vectorWeight) {

  /** Both arms alike: the best or within noise of it on the collections that were measured. */
  public static final Fusion BALANCED = new Fusion(0.5);

  public Fusion {
    if (!(vectorWeight >= 0 && vectorWeight <= 1)) {
      throw new IllegalArgumentException("A weight lies between 0 and 1.");
    }
  }

  /**
   * Best first, scores 0–1. A chunk that only one index returned has nothing from the other. An
   * index that returned nothing leaves the order of the other. A chunk that an index returned twice
   * counts once.
   */
  public List<ScoredChunk> fuse(List<ScoredChunk> vectors, List<ScoredChunk> words, int limit) {
    Map<ChunkId, Double> scores = new HashMap<>();
    add(scores, vectors, words.isEmpty() ? 1 : vectorWeight);
    add(scores, words, vectors.isEmpty() ? 1 : 1 - vectorWeight);
    return scores.entrySet().stream()
        .map(e -> new ScoredChunk(e.getKey(), e.getValue()))
        .sorted(ScoredChunk.BEST_FIRST)
        .limit(limit)
        .toList();
  }

  private static void add(Map<ChunkId, Double> scores, List<ScoredChunk> arm, double weight) {
    Range range = Range.of(arm);
    Map<ChunkId, Double> own = new HashMap<>();
    arm.forEach(c -> own.merge(c.id(), weight * range.normalised(c.score()), Math::max));
    own.forEach((id, score) -> scores.merge(id, score, Double::sum));
  }

  /** The spread of one arm's scores. */
  private record Range(double low, double high) {
    static Range of(List<ScoredChunk> arm) {
      return new Range(
          arm.stream()
              .min(Comparator.comparingDouble(ScoredChunk::score))
              .map(ScoredChunk::score)
              .orElse(0.0),
          arm.stream()
              .max(Comparator.comparingDouble(ScoredChunk::score))
              .map(ScoredChunk::score)
              .orElse(0.0));
    }

    double normalised(double score) {
      return high > low ? (score - low) / (high - low) : 1;
    }
  }
}
