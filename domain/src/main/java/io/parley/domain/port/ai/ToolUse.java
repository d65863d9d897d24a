package io.parley.domain.port.ai;

/**
 * A call and what came of it.
 *
 * @param result what the tool returned, or why it could not, as JSON or in words, at most {@value
 *     #LONGEST_RESULT} characters
 */
public record ToolUse(ToolCall call, String result) {
  /** Characters. */
  public static final int LONGEST_RESULT = 1_000_000;

  public ToolUse {
    if (result.length() > LONGEST_RESULT) {
      throw new IllegalArgumentException("The result of a call has at most 1,000,000 characters.");
    }
  }
}
