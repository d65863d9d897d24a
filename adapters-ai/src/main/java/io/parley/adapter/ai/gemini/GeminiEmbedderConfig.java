package io.parley.adapter.ai.gemini;

import io.parley.adapter.ai.remote.CallLimits;
import io.parley.domain.retrieval.EmbeddingModel;
import java.util.OptionalInt;

/**
 * An embedding model of Gemini.
 *
 * @param model Google's name of it, and how many dimensions its vectors are asked to have
 */
public record GeminiEmbedderConfig(GeminiAccess access, EmbeddingModel model, CallLimits limits) {

  /** The provider of such models, as generations keep it. */
  public static final String PROVIDER = "gemini";

  /** Used where no model is named. */
  public static final String STANDARD_MODEL = "gemini-embedding-001";

  public GeminiEmbedderConfig {
    if (!model.provider().equals(PROVIDER)) {
      throw new IllegalArgumentException("Not a model of Gemini: " + model.provider());
    }
    GeminiAccess.plainName(model.name());
  }

  /** With the usual limits. */
  public static GeminiEmbedderConfig of(GeminiAccess access, String model, int dimension) {
    return new GeminiEmbedderConfig(
        access,
        new EmbeddingModel(PROVIDER, GeminiAccess.plainName(model), dimension),
        CallLimits.EMBEDDING);
  }

  /** How many dimensions a model has unless it is asked for fewer; empty where that is unknown. */
  public static OptionalInt dimensionOf(String model) {
    return switch (model) {
      case "gemini-embedding-001" -> OptionalInt.of(3072);
      case "text-embedding-004" -> OptionalInt.of(768);
      default -> OptionalInt.empty();
    };
  }
}
