package io.parley.adapter.ai.remote;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import io.parley.domain.port.ai.ChatRequest.PromptMessage;
import io.parley.domain.port.ai.ChatRequest.Speaker;
import java.util.ArrayList;
import java.util.List;

/**
 * A prompt as all models take it: nothing blank, user and assistant in turns, the user first. Some
 * vendors, and the templates of many open models, refuse anything else.
 */
final class PromptMessages {
  private PromptMessages() {}

  static List<ChatMessage> of(List<PromptMessage> prompt) {
    List<PromptMessage> turns = new ArrayList<>();
    for (PromptMessage message : prompt) {
      if (!message.text().isBlank() && !isAnswerToNothing(message, turns)) {
        add(message, turns);
      }
    }
    return turns.stream().map(PromptMessages::message).toList();
  }

  private static boolean isAnswerToNothing(PromptMessage message, List<PromptMessage> before) {
    return message.speaker() == Speaker.ASSISTANT
        && before.stream().noneMatch(m -> m.speaker() == Speaker.USER);
  }

  private static void add(PromptMessage message, List<PromptMessage> turns) {
    if (turns.isEmpty() || turns.getLast().speaker() != message.speaker()) {
      turns.add(message);
    } else {
      PromptMessage before = turns.removeLast();
      turns.add(new PromptMessage(before.speaker(), before.text() + "\n\n" + message.text()));
    }
  }

  private static ChatMessage message(PromptMessage message) {
    return switch (message.speaker()) {
      case SYSTEM -> SystemMessage.from(message.text());
      case USER -> UserMessage.from(message.text());
      case ASSISTANT -> AiMessage.from(message.text());
    };
  }
}
