package io.parley.domain.port.ai;

import io.parley.domain.retrieval.EmbeddingModel;
import java.util.List;

/**
 * Turns text into vectors of one model. Vectors have the model's dimension and length 1 (±1e-3);
 * the same text gives the same vector. Safe for use by many threads.
 */
public interface Embedder extends AutoCloseable {

  EmbeddingModel model();

  /**
   * One vector a passage, in their order. The whole batch is given; the adapter cuts it to what its
   * vendor takes. A text longer than the model reads is cut by the adapter. A query is never kept
   * waiting by passages.
   *
   * @param passages any number, none blank
   */
  List<float[]> embedPassages(List<String> passages);

  /** The vector of a question, not blank. */
  float[] embedQuery(String query);

  @Override
  void close();
}
