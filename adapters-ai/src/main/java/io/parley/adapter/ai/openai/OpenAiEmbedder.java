package io.parley.adapter.ai.openai;

import io.parley.adapter.ai.remote.ModelEndpoint;
import io.parley.adapter.ai.remote.RemoteEmbeddings;
import io.parley.adapter.ai.remote.TextBudget;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.retrieval.EmbeddingModel;
import java.util.List;

/** An embedding model of OpenAI, or of a server that speaks its protocol. */
public final class OpenAiEmbedder implements Embedder {

  /**
   * OpenAI reads 8,192 tokens a text, and takes 2,048 texts and 300,000 tokens a call. Smaller
   * calls, since an answer has 30 kB a text.
   */
  private static final TextBudget BUDGET = new TextBudget(8_191, 256, 200_000);

  private final EmbeddingModel model;
  private final RemoteEmbeddings embeddings;

  private OpenAiEmbedder(EmbeddingModel model, RemoteEmbeddings embeddings) {
    this.model = model;
    this.embeddings = embeddings;
  }

  /** An embedder that connects when it is first used. */
  public static OpenAiEmbedder open(OpenAiEmbedderConfig config) {
    OpenAiAccess access = config.access();
    OpenAiVendor vendor = new OpenAiVendor(access, "OPENAI_EMBEDDING_MODEL");
    ModelEndpoint endpoint =
        new ModelEndpoint(vendor, access.baseUrl(), access.headers(), config.limits());
    EmbeddingModel model = config.model();
    return new OpenAiEmbedder(
        model, new RemoteEmbeddings(endpoint, model, BUDGET, new OpenAiEmbeddingProtocol(model)));
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
