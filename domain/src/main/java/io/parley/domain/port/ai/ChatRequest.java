package io.parley.domain.port.ai;

import io.parley.domain.conversation.Passage;
import java.util.List;

/**
 * What a chat model is given.
 *
 * @param messages the whole prompt, in order, for models that read prompts
 * @param question the standalone question, for models that pick sentences
 * @param passages what may be answered from, numbered as in the prompt
 * @param temperature 0–2
 * @param tools what the model may ask for, at most {@value #MOST_TOOLS}, each name once; only for
 *     models that {@linkplain ChatModel#takesTools() take tools}
 */
public record ChatRequest(
    List<PromptMessage> messages,
    String question,
    List<Passage> passages,
    double temperature,
    List<Tool> tools) {

  /** Tools that a request may offer. */
  public static final int MOST_TOOLS = 128;

  /** One message of a prompt. */
  public sealed interface PromptMessage {
    /** What is said; empty where nothing is. */
    String text();
  }

  /** Somebody's words. */
  public record Said(Speaker speaker, String text) implements PromptMessage {}

  /**
   * The assistant asked for tools, and each call has its result.
   *
   * @param text what it said before it did; may be empty
   * @param uses the calls of one completion, all of them, in their order; at least one
   */
  public record ToolRound(String text, List<ToolUse> uses) implements PromptMessage {
    public ToolRound {
      uses = List.copyOf(uses);
      if (uses.isEmpty()) {
        throw new IllegalArgumentException("A round of tools has a call.");
      }
    }
  }

  /** Who speaks in a prompt. */
  public enum Speaker {
    SYSTEM,
    USER,
    ASSISTANT
  }

  public ChatRequest {
    messages = List.copyOf(messages);
    passages = List.copyOf(passages);
    tools = List.copyOf(tools);
    if (tools.size() > MOST_TOOLS) {
      throw new IllegalArgumentException("A request offers at most 128 tools.");
    }
    if (tools.stream().map(Tool::name).distinct().count() < tools.size()) {
      throw new IllegalArgumentException("Two tools have the same name.");
    }
  }

  /** A request without tools. */
  public ChatRequest(
      List<PromptMessage> messages, String question, List<Passage> passages, double temperature) {
    this(messages, question, passages, temperature, List.of());
  }
}
