package io.parley.application;

import io.parley.application.retrieval.GenerationAdapters;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.Generation;

/** The one store and the one embedder of a program that gave no more. */
record GivenAdapters(Embedder embedder, VectorStore store, Generation generation)
    implements GenerationAdapters {

  /** What was given: a catalogue of many, or one of each. */
  static GenerationAdapters of(ParleyBuilder parts, Generation serves) {
    GenerationAdapters catalogue = parts.generations();
    return catalogue == null
        ? new GivenAdapters(parts.embedder(), parts.vectorStore(), serves)
        : catalogue;
  }

  @Override
  public VectorStore store(Generation wanted) {
    if (!wanted.id().equals(generation.id())) {
      throw notGiven();
    }
    return store;
  }

  @Override
  public Embedder embedder(EmbeddingModel model) {
    if (!model.equals(embedder.model())) {
      throw notGiven();
    }
    return embedder;
  }

  private static PortFailure notGiven() {
    return new PortFailure(
        PortFailure.Kind.INVALID_CONFIGURATION,
        "index",
        "This program has one vector store and one embedder. Give it generations(…) to have more.",
        null);
  }
}
