package io.parley.domain.retrieval;

/**
 * What makes two embeddings comparable.
 *
 * @param provider which embedder opens it: {@code local}, {@code openai}, {@code gemini}
 * @param name the provider's name of the model, with its revision where it has one
 * @param dimension numbers in a vector, 1–4,096
 */
public record EmbeddingModel(String provider, String name, int dimension) {
  public EmbeddingModel {
    if (dimension < 1 || dimension > 4096) {
      throw new IllegalArgumentException("An embedding has 1 to 4,096 dimensions: " + dimension);
    }
  }
}
