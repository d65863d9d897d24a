package io.parley.domain.port.ai;

import io.parley.domain.conversation.TokenUsage;
import java.util.List;

/**
 * How a completion ended. The text has been streamed.
 *
 * @param calls what the model wants done before it goes on, in its order; empty unless it ended
 *     with {@link Finish#TOOL_CALLS}
 */
public record ChatCompletion(Finish finish, TokenUsage usage, List<ToolCall> calls) {

  /** Why it ended. */
  public enum Finish {
    STOP,
    LENGTH,
    CANCELLED,
    /**
     * The passages do not answer the question; no text was streamed. Said only by models that know.
     */
    NOTHING_FOUND,
    /**
     * The model waits for the results of its calls: a further request gives them in a {@link
     * ChatRequest.ToolRound}. What it said before it called has been streamed.
     */
    TOOL_CALLS
  }

  public ChatCompletion {
    calls = List.copyOf(calls);
    if (calls.isEmpty() == (finish == Finish.TOOL_CALLS)) {
      throw new IllegalArgumentException("There are calls when a model ends with them, only then.");
    }
  }

  /** A completion without calls. */
  public ChatCompletion(Finish finish, TokenUsage usage) {
    this(finish, usage, List.of());
  }
}
