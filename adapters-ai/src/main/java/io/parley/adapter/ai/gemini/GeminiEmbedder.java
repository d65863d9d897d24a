package io.parley.adapter.ai.gemini;

import io.parley.adapter.ai.remote.ModelEndpoint;
import io.parley.adapter.ai.remote.RemoteEmbeddings;
import io.parley.adapter.ai.remote.TextBudget;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.retrieval.EmbeddingModel;
import java.util.List;

/** An embedding model of Gemini, which is told what is a passage and what a question. */
public final class GeminiEmbedder implements Embedder {

  /** Gemini reads 2,048 tokens a text, and takes 100 texts a call. */
  private static final TextBudget BUDGET = new TextBudget(2_048, 100, 100_000);

  private final EmbeddingModel model;
  private final RemoteEmbeddings embeddings;

  private GeminiEmbedder(EmbeddingModel model, RemoteEmbeddings embeddings) {
    this.model = model;
    this.embeddings = embeddings;
  }

  /** An embedder that connects when it is first used. */
  public static GeminiEmbedder open(GeminiEmbedderConfig config) {
    GeminiAccess access = config.access();
    ModelEndpoint endpoint =
        new ModelEndpoint(
            new GeminiVendor("GOOGLE_EMBEDDING_MODEL"),
            access.baseUrl(),
            access.headers(),
            config.limits());
    EmbeddingModel model = config.model();
    return new GeminiEmbedder(
        model, new RemoteEmbeddings(endpoint, model, BUDGET, new GeminiEmbeddingProtocol(model)));
  }

  @Override
  public EmbeddingModel model() {
    return model;
  }

  @Override
  public List<float[]> embedPassages(List<String> passages) {
    return embeddings.passages(passages);
  }

  @Override
  public float[] embedQuery(String query) {
    return embeddings.question(query);
  }

  @Override
  public void close() {
    embeddings.close();
  }
}
