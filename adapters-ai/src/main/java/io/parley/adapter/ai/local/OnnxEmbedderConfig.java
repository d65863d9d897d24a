package io.parley.adapter.ai.local;

import java.nio.file.Path;
import java.util.List;

/**
 * How much of the machine the embedder may use.
 *
 * @param threads passages embedded at the same time, 1–256; more than there are cores gains nothing
 * @param maxTokens word pieces of a text that are read, the two marks around it included, 8–512;
 *     what comes after is cut. The model was trained on up to 256
 * @param nativeCode directories of Parley's own that may hold the runtime's libraries (23 MB). If
 *     none does, they are unpacked into the last, and whatever else lies in that one is removed.
 *     None given: the runtime unpacks them into the system's temporary directory for each process.
 *     The first embedder of a process decides
 */
public record OnnxEmbedderConfig(int threads, int maxTokens, List<Path> nativeCode) {

  public OnnxEmbedderConfig {
    nativeCode = List.copyOf(nativeCode);
    if (threads < 1 || threads > 256) {
      throw new IllegalArgumentException("Between 1 and 256 threads can embed, not " + threads);
    }
    if (maxTokens < 8 || maxTokens > 512) {
      throw new IllegalArgumentException("The model reads 8 to 512 tokens, not " + maxTokens);
    }
  }

  public OnnxEmbedderConfig(int threads, int maxTokens) {
    this(threads, maxTokens, List.of());
  }

  /** One thread a core, 256 tokens. */
  public static OnnxEmbedderConfig standard() {
    return new OnnxEmbedderConfig(Math.min(256, Runtime.getRuntime().availableProcessors()), 256);
  }

  public OnnxEmbedderConfig withNativeCode(List<Path> directories) {
    return new OnnxEmbedderConfig(threads, maxTokens, directories);
  }
}
