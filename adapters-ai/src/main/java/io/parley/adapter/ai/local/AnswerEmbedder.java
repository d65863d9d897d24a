package io.parley.adapter.ai.local;

import io.parley.domain.port.ai.Embedder;
import io.parley.domain.retrieval.EmbeddingModel;
import java.util.List;

/**
 * Passages by way of the questions: MiniLM makes no difference between the two. Closing it leaves
 * the embedder open.
 */
final class AnswerEmbedder implements Embedder {
  private final OnnxEmbedder embedder;
  private volatile boolean closed;

  AnswerEmbedder(OnnxEmbedder embedder) {
    this.embedder = embedder;
  }

  @Override
  public EmbeddingModel model() {
    return embedder.model();
  }

  @Override
  public List<float[]> embedPassages(List<String> passages) {
    return passages.stream().map(this::embedQuery).toList();
  }

  @Override
  public float[] embedQuery(String query) {
    if (closed) {
      throw OnnxEmbedder.failure("The embedding model is closed.", null);
    }
    return embedder.embedQuery(query);
  }

  @Override
  public void close() {
    closed = true;
  }
}
