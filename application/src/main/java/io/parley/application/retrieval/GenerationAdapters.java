package io.parley.application.retrieval;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.Generation;

/** Opens what a generation was made for, whatever is configured for a new one. */
public interface GenerationAdapters {

  /**
   * Opens the store of a generation, and makes what is missing. The caller closes it.
   *
   * @throws PortFailure {@code INVALID_CONFIGURATION} when nothing is configured to reach it
   */
  VectorStore store(Generation generation);

  /**
   * The embedder of a model, the same one each time. The caller does not close it.
   *
   * @throws PortFailure {@code INVALID_CONFIGURATION} when nothing is configured to reach it
   */
  Embedder embedder(EmbeddingModel model);
}
