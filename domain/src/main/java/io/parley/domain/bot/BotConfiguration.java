package io.parley.domain.bot;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a bot works.
 *
 * @param agent how it comes to an answer
 * @param tools names of the tools that it may call; empty for {@link Agent#RAG}
 * @param topK passages put before the model, 1–50; the application's default when absent
 */
public record BotConfiguration(Agent agent, List<String> tools, @Nullable Integer topK) {

  /** Answers from its knowledge, without tools, with the default number of passages. */
  public static final BotConfiguration DEFAULT = new BotConfiguration(Agent.RAG, List.of(), null);

  /** How an answer comes about. */
  public enum Agent {
    /** From the passages found, in one step. */
    RAG,
    /** By reasoning and calling tools in a bounded loop. */
    REACT
  }

  public BotConfiguration {
    tools = List.copyOf(tools);
    if (topK != null && (topK < 1 || topK > 50)) {
      throw new IllegalArgumentException("top_k must be between 1 and 50.");
    }
  }
}
