package io.parley.adapter.web;

import io.parley.domain.conversation.TokenUsage;
import io.parley.domain.port.ai.ChatCompletion;
import io.parley.domain.port.ai.ChatModel;
import io.parley.domain.port.ai.ChatRequest;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Says what a test lets it say, piece by piece. */
final class ScriptedModel implements ChatModel {
  volatile BiConsumer<Consumer<String>, BooleanSupplier> script = (say, _) -> say.accept("Hello.");

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public boolean generative() {
    return false;
  }

  @Override
  public boolean takesTools() {
    return false;
  }

  @Override
  public ChatCompletion complete(
      ChatRequest request, Consumer<String> onText, BooleanSupplier cancelled) {
    script.accept(onText, cancelled);
    return new ChatCompletion(
        cancelled.getAsBoolean() ? ChatCompletion.Finish.CANCELLED : ChatCompletion.Finish.STOP,
        TokenUsage.NONE);
  }

  @Override
  public void close() {}
}
