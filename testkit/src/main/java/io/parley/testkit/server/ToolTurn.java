package io.parley.testkit.server;

import java.util.List;

/**
 * What a chat model of a {@link ModelServer} streams when it asks for tools.
 *
 * @param text what it says before it calls; may be empty
 */
public record ToolTurn(String text, List<Call> calls, Manner manner) {

  /**
   * A call.
   *
   * @param arguments sent as they are, whether they are JSON or not
   */
  public record Call(String id, String name, String arguments) {}

  /** How servers send calls. */
  public enum Manner {
    /** OpenAI: one after the other, in pieces. Gemini: each in an event of its own. */
    USUAL,
    /** OpenAI: the pieces of all calls mixed. Gemini: all in one event. */
    SIDE_BY_SIDE,
    /** Each whole, without an id and without an index, and the answer ends with a plain stop. */
    WITHOUT_IDS,
    /** Each whole with its id, all under the same index, and the answer ends with a plain stop. */
    SAME_INDEX
  }

  public ToolTurn {
    calls = List.copyOf(calls);
  }

  /** Nothing but these calls. */
  public static ToolTurn of(Call... calls) {
    return new ToolTurn("", List.of(calls), Manner.USUAL);
  }

  /** The same after some words. */
  public ToolTurn saying(String words) {
    return new ToolTurn(words, calls, manner);
  }

  /** The same, sent in another way. */
  public ToolTurn in(Manner other) {
    return new ToolTurn(text, calls, other);
  }
}
