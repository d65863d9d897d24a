package io.parley.adapter.ai.openai;

import io.parley.adapter.ai.remote.CallLimits;
import io.parley.domain.retrieval.EmbeddingModel;
import java.util.OptionalInt;

/**
 * An embedding model of OpenAI's protocol.
 *
 * @param model the vendor's name of it, and how many dimensions its vectors have
 */
public record OpenAiEmbedderConfig(OpenAiAccess access, EmbeddingModel model, CallLimits limits) {

  /** The provider of such models, as generations keep it. */
  public static final String PROVIDER = "openai";

  /** Used where no model is named. */
  public static final String STANDARD_MODEL = "text-embedding-3-large";

  public OpenAiEmbedderConfig {
    if (!model.provider().equals(PROVIDER)) {
      throw new IllegalArgumentException("Not a model of OpenAI's protocol: " + model.provider());
    }
  }

  /** With the usual limits. */
  public static OpenAiEmbedderConfig of(OpenAiAccess access, String model, int dimension) {
    return new OpenAiEmbedderConfig(
        access, new EmbeddingModel(PROVIDER, model, dimension), CallLimits.EMBEDDING);
  }

  /** How many dimensions a model of OpenAI has by itself; empty for models of others. */
  public static OptionalInt dimensionOf(String model) {
    return switch (model) {
      case "text-embedding-3-large" -> OptionalInt.of(3072);
      case "text-embedding-3-small", "text-embedding-ada-002" -> OptionalInt.of(1536);
      default -> OptionalInt.empty();
    };
  }
}
