package io.parley.adapter.ai.remote;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import io.parley.domain.port.ai.ChatRequest.PromptMessage;
import io.parley.domain.port.ai.ChatRequest.Said;
import io.parley.domain.port.ai.ChatRequest.Speaker;
import io.parley.domain.port.ai.ChatRequest.ToolRound;
import io.parley.domain.port.ai.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A prompt as all models take it: nothing blank, user and assistant in turns, the user first. Some
 * vendors, and the templates of many open models, refuse anything else.
 */
public final class PromptMessages {
  private PromptMessages() {}

  /** The prompt in such turns. */
  public static List<PromptMessage> turns(List<PromptMessage> prompt) {
    List<PromptMessage> turns = new ArrayList<>();
    for (PromptMessage message : prompt) {
      if (!isNothing(message) && !isAnswerToNothing(message, turns)) {
        add(message, turns);
      }
    }
    return List.copyOf(turns);
  }

  /** The same in LangChain4j's words. */
  static List<ChatMessage> of(List<PromptMessage> prompt) {
    return turns(prompt).stream().flatMap(PromptMessages::messages).toList();
  }

  private static boolean isNothing(PromptMessage message) {
    return message instanceof Said said && said.text().isBlank();
  }

  private static boolean isAnswerToNothing(PromptMessage message, List<PromptMessage> before) {
    return switch (message) {
      case Said said when said.speaker() != Speaker.ASSISTANT -> false;
      case Said _, ToolRound _ ->
          before.stream().noneMatch(m -> m instanceof Said said && said.speaker() == Speaker.USER);
    };
  }

  private static void add(PromptMessage message, List<PromptMessage> turns) {
    if (!turns.isEmpty()
        && turns.getLast() instanceof Said before
        && message instanceof Said said
        && before.speaker() == said.speaker()) {
      turns.removeLast();
      turns.add(new Said(said.speaker(), before.text() + "\n\n" + said.text()));
    } else {
      turns.add(message);
    }
  }

  private static Stream<ChatMessage> messages(PromptMessage message) {
    return switch (message) {
      case Said said -> Stream.of(words(said));
      case ToolRound round ->
          Stream.concat(
              Stream.of(asking(round)),
              round.uses().stream()
                  .map(use ->
                      ToolExecutionResultMessage.from(
                          use.call().id(), use.call().name(), use.result())));
    };
  }

  private static ChatMessage words(Said said) {
    return switch (said.speaker()) {
      case SYSTEM -> SystemMessage.from(said.text());
      case USER -> UserMessage.from(said.text());
      case ASSISTANT -> AiMessage.from(said.text());
    };
  }

  private static AiMessage asking(ToolRound round) {
    AiMessage.Builder message =
        AiMessage.builder()
            .toolExecutionRequests(round.uses().stream().map(use -> request(use.call())).toList());
    return (round.text().isBlank() ? message : message.text(round.text())).build();
  }

  private static ToolExecutionRequest request(ToolCall call) {
    return ToolExecutionRequest.builder()
        .id(call.id())
        .name(call.name())
        .arguments(call.arguments())
        .build();
  }
}
