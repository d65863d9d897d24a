package io.parley.domain.retrieval;

import java.time.Instant;
import java.util.Map;

/**
 * One index of all chunks.
 *
 * @param store which vector store holds it: {@code embedded}, {@code pgvector}, {@code qdrant},
 *     {@code pinecone}
 * @param settings what the store needs to find it again, never a secret
 */
public record Generation(
    GenerationId id,
    EmbeddingModel model,
    String store,
    Map<String, String> settings,
    State state,
    Instant createdAt) {

  /** Exactly one generation is {@code SERVING}. */
  public enum State {
    BUILDING,
    SERVING,
    RETIRED
  }

  public Generation {
    settings = Map.copyOf(settings);
  }

  /** The same one in another state. */
  public Generation in(State other) {
    return new Generation(id, model, store, settings, other, createdAt);
  }

  /** Whether it is of that model, in that store. */
  public boolean isOf(EmbeddingModel wanted, String where) {
    return model.equals(wanted) && store.equals(where);
  }
}
