package io.parley.application.retrieval;

import io.parley.domain.port.ai.Embedder;
import io.parley.domain.port.vectorstore.VectorStore;

/**
 * What a search by meaning works with: all of one generation.
 *
 * @param requireWhole throws while the vectors are not all there, and so would answer wrongly
 */
public record SearchIndex(Embedder embedder, VectorStore vectors, Runnable requireWhole) {}
