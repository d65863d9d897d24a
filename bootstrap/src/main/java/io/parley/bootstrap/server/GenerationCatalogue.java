package io.parley.bootstrap.server;

import io.parley.application.retrieval.GenerationAdapters;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.Generation;

/** Opens stores and embedders of generations with what the settings say how to reach them. */
record GenerationCatalogue(VectorStores stores, ModelCatalogue models)
    implements GenerationAdapters {

  @Override
  public VectorStore store(Generation generation) {
    return stores.open(generation);
  }

  @Override
  public Embedder embedder(EmbeddingModel model) {
    return models.embedder(model);
  }
}
