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
 */
public record ChatRequest(
    List<PromptMessage> messages, String question, List<Passage> passages, double temperature) {

  /** One message of a prompt. */
  public record PromptMessage(Speaker speaker, String text) {}

  /** Who speaks in a prompt. */
  public enum Speaker {
    SYSTEM,
    USER,
    ASSISTANT
  }

  public ChatRequest {
    messages = List.copyOf(messages);
    passages = List.copyOf(passages);
  }
}
