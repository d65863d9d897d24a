package io.parley.application;

import io.parley.domain.port.ai.Embedder;
import io.parley.domain.retrieval.EmbeddingModel;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Does to its next batches what a test has staged, and counts the passages. */
public final class StagedEmbedder implements Embedder {
  public final AtomicInteger passages = new AtomicInteger();
  private final Embedder embedder;
  private final Queue<UnaryOperator<List<float[]>>> staged = new ConcurrentLinkedQueue<>();

  public StagedEmbedder(Embedder embedder) {
    this.embedder = embedder;
  }

  /** Once for each batch, in their order. */
  public StagedEmbedder then(UnaryOperator<List<float[]>> change) {
    staged.add(change);
    return this;
  }

  public StagedEmbedder thenThrow(RuntimeException failure) {
    return then(_ -> {
      throw failure;
    });
  }

  /** What is staged and has not come yet does not come. */
  public void unstaged() {
    staged.clear();
  }

  @Override
  public EmbeddingModel model() {
    return embedder.model();
  }

  @Override
  public List<float[]> embedPassages(List<String> texts) {
    passages.addAndGet(texts.size());
    UnaryOperator<List<float[]>> change = staged.poll();
    List<float[]> vectors = embedder.embedPassages(texts);
    return change == null ? vectors : change.apply(vectors);
  }

  @Override
  public float[] embedQuery(String query) {
    return embedder.embedQuery(query);
  }

  @Override
  public void close() {}
}
