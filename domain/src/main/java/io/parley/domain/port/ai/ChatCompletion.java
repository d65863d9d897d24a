package io.parley.domain.port.ai;

import io.parley.domain.conversation.TokenUsage;

/** How a completion ended. The text has been streamed. */
public record ChatCompletion(Finish finish, TokenUsage usage) {

  /** Why it ended. */
  public enum Finish {
    STOP,
    LENGTH,
    CANCELLED,
    /**
     * The passages do not answer the question; no text was streamed. Said only by models that know.
     */
    NOTHING_FOUND
  }
}
