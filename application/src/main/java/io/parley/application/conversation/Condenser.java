package io.parley.application.conversation;

import io.parley.domain.conversation.Message;
import io.parley.domain.port.ai.ChatModel;
import io.parley.domain.port.ai.ChatRequest;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Makes a question of a conversation stand on its own, so that it can be searched for. */
final class Condenser {
  private static final int LONGEST = 2_000;

  String condense(
      ChatModel model, List<Message> history, Question question, BooleanSupplier cancelled) {
    if (history.isEmpty() || !model.generative()) {
      return question.content();
    }
    StringBuilder condensed = new StringBuilder();
    ChatRequest request =
        new ChatRequest(
            Prompts.condense(history, question.content()), question.content(), List.of(), 0);
    model.complete(request, condensed::append, cancelled);
    String text = condensed.toString().strip();
    return text.isEmpty() || text.length() > LONGEST ? question.content() : text;
  }
}
