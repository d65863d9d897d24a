package io.parley.domain.transfer;

import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.retrieval.EmbeddingModel;
import java.util.Map;

/** A chunk and its embedding under each model. */
public record ArchivedChunk(Chunk chunk, Map<EmbeddingModel, float[]> embeddings) {

  public ArchivedChunk {
    if (!chunk.id().equals(ChunkId.of(chunk.ref(), chunk.ordinal()))) {
      throw new IllegalArgumentException("\"id\" is not the id of this chunk");
    }
    embeddings.forEach(ArchivedChunk::check);
    embeddings = Map.copyOf(embeddings);
  }

  private static void check(EmbeddingModel model, float[] vector) {
    if (vector.length != model.dimension()) {
      throw new IllegalArgumentException("an embedding has not its model's dimension");
    }
    for (float value : vector) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("an embedding holds what is no number");
      }
    }
  }
}
