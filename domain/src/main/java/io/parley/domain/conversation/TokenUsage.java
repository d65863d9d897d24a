package io.parley.domain.conversation;

/** Tokens as the model counted them; both 0 where no model was called. */
public record TokenUsage(int promptTokens, int completionTokens) {
  public static final TokenUsage NONE = new TokenUsage(0, 0);
}
