package io.parley.domain.port.persistence;

import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.retrieval.EmbeddingModel;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The embeddings that chunks have under each model, and lack: maintenance side, across tenants.
 * Chunks that indexes should hold are those that {@link Inspection} expects there.
 */
public interface EmbeddingRepository {

  /**
   * Chunks that indexes should hold without an embedding of the model, in the order of their ids.
   *
   * @param after the last of the portion before
   */
  List<Chunk> lacking(EmbeddingModel model, @Nullable ChunkId after, int limit);

  /**
   * The chunks of a version without an embedding of the model, in their order; none for a version
   * whose source is tombstoned or gone.
   */
  List<Chunk> lackingOf(VersionRef ref, EmbeddingModel model, int limit);

  /** Keeps embeddings, in the place of others of the model; not of chunks that are gone. */
  void keep(EmbeddingModel model, Map<ChunkId, float[]> embeddings);

  /**
   * How far a model is.
   *
   * @param embedded those of the chunks that have an embedding
   * @param expected chunks that indexes should hold
   */
  record Coverage(long embedded, long expected) {}

  /** How many of the chunks that indexes should hold have an embedding of the model. */
  Coverage coverage(EmbeddingModel model);
}
