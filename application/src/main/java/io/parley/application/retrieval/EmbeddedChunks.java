package io.parley.application.retrieval;

import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.retrieval.EmbeddingModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Embeds chunks, and refuses vectors that cannot be right before they are kept. */
public final class EmbeddedChunks {
  /** Enough to be worth a call, and not too much to be done again after a crash. */
  public static final int AT_ONCE = 64;

  private EmbeddedChunks() {}

  /**
   * The vector of each chunk.
   *
   * @throws PortFailure {@code CORRUPT_DATA} when the model returns too few, or what is no vector
   */
  public static Map<ChunkId, float[]> of(List<Chunk> chunks, Embedder embedder) {
    List<float[]> vectors =
        embedder.embedPassages(chunks.stream().map(Chunk::embeddingText).toList());
    EmbeddingModel model = embedder.model();
    if (vectors.size() != chunks.size()) {
      throw corrupt(model, vectors.size() + " vectors for " + chunks.size() + " texts");
    }
    Map<ChunkId, float[]> embeddings = new LinkedHashMap<>();
    for (int i = 0; i < chunks.size(); i++) {
      embeddings.put(chunks.get(i).id(), checked(vectors.get(i), model));
    }
    return embeddings;
  }

  private static float[] checked(float[] vector, EmbeddingModel model) {
    if (vector.length != model.dimension()) {
      throw corrupt(
          model, "a vector of " + vector.length + " dimensions, not " + model.dimension());
    }
    double square = 0;
    for (float x : vector) {
      square += (double) x * x;
    }
    if (!Double.isFinite(square) || square == 0) {
      throw corrupt(model, "a vector that is zero or not finite");
    }
    return vector;
  }

  private static PortFailure corrupt(EmbeddingModel model, String what) {
    return new PortFailure(
        PortFailure.Kind.CORRUPT_DATA,
        model.name(),
        "The embedding model " + model.name() + " returned " + what + ".",
        null);
  }
}
