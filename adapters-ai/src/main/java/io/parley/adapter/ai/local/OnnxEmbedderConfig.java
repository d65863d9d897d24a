package io.parley.adapter.ai.local;

/**
 * How much of the machine the embedder may use.
 *
 * @param threads passages embedded at the same time, 1–256; more than there are cores gains nothing
 * @param maxTokens word pieces of a text that are read, the two marks around it included, 8–512;
 *     what comes after is cut. The model was trained on up to 256
 */
public record OnnxEmbedderConfig(int threads, int maxTokens) {

  public OnnxEmbedderConfig {
    if (threads < 1 || threads > 256) {
      throw new IllegalArgumentException("Between 1 and 256 threads can embed, not " + threads);
    }
    if (maxTokens < 8 || maxTokens > 512) {
      throw new IllegalArgumentException("The model reads 8 to 512 tokens, not " + maxTokens);
    }
  }

  /** One thread a core, 256 tokens. */
  public static OnnxEmbedderConfig standard() {
    return new OnnxEmbedderConfig(Math.min(256, Runtime.getRuntime().availableProcessors()), 256);
  }
}
