package io.parley.adapter.ai.local;

import io.parley.adapter.ai.extractive.ReadText;
import io.parley.adapter.ai.extractive.TextReader;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.retrieval.EmbeddingModel;
import java.util.List;

/**
 * Passages by way of the questions: MiniLM makes no difference between the two. Gives the vectors
 * of their words as well. Closing it leaves the embedder open.
 */
public final class AnswerEmbedder implements Embedder, TextReader {
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
    requireOpen();
    return embedder.embedQuery(query);
  }

  @Override
  public List<ReadText> read(List<String> texts) {
    requireOpen();
    return texts.stream().map(embedder::readQuery).toList();
  }

  private void requireOpen() {
    if (closed) {
      throw OnnxEmbedder.failure("The embedding model is closed.", null);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
