package io.parley.domain.port.ai;

import org.jspecify.annotations.Nullable;

/**
 * What a model wants done by a tool.
 *
 * @param id its own among the calls of a completion, 1 to 256 characters
 * @param name of a tool that the model was offered
 * @param arguments a JSON object as text, at most {@value #LONGEST_ARGUMENTS} characters; whether
 *     it keeps the tool's schema is for the tool to judge
 * @param signature what the vendor wants back with the call, opaque, at most {@value
 *     #LONGEST_SIGNATURE} characters; absent where there is nothing
 */
public record ToolCall(String id, String name, String arguments, @Nullable String signature) {
  /** Characters. */
  public static final int LONGEST_ARGUMENTS = 100_000;

  /** Characters. */
  public static final int LONGEST_SIGNATURE = 500_000;

  private static final int LONGEST_ID = 256;

  public ToolCall {
    if (id.isBlank() || id.length() > LONGEST_ID) {
      throw new IllegalArgumentException("The id of a call has 1 to 256 characters.");
    }
    Tool.requireName(name);
    if (arguments.isBlank() || arguments.length() > LONGEST_ARGUMENTS) {
      throw new IllegalArgumentException("The arguments of a call have 1 to 100,000 characters.");
    }
    if (signature != null && signature.length() > LONGEST_SIGNATURE) {
      throw new IllegalArgumentException("The signature of a call has at most 500,000 characters.");
    }
  }

  /** A call that carries nothing for its vendor. */
  public ToolCall(String id, String name, String arguments) {
    this(id, name, arguments, null);
  }
}
