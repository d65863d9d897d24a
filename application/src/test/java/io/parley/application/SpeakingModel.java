package io.parley.application;

import io.parley.domain.conversation.TokenUsage;
import io.parley.domain.port.ai.ChatCompletion;
import io.parley.domain.port.ai.ChatModel;
import io.parley.domain.port.ai.ChatRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A model that says what a function says. */
public final class SpeakingModel implements ChatModel {
  public final List<ChatRequest> requests = new CopyOnWriteArrayList<>();
  private final boolean generative;
  private final Speech speech;

  /** What is said. */
  @FunctionalInterface
  public interface Speech {
    void speak(ChatRequest request, Consumer<String> onText);
  }

  public SpeakingModel(boolean generative, Speech speech) {
    this.generative = generative;
    this.speech = speech;
  }

  /** Says the first passage back, and cites it. */
  public static SpeakingModel quoting() {
    return new SpeakingModel(
        false, (request, onText) -> onText.accept(request.passages().getFirst().text() + " [1]"));
  }

  @Override
  public String name() {
    return "speaking";
  }

  @Override
  public boolean generative() {
    return generative;
  }

  @Override
  public boolean takesTools() {
    return false;
  }

  @Override
  public ChatCompletion complete(
      ChatRequest request, Consumer<String> onText, BooleanSupplier cancelled) {
    requests.add(request);
    speech.speak(request, onText);
    return new ChatCompletion(ChatCompletion.Finish.STOP, TokenUsage.NONE);
  }

  @Override
  public void close() {}
}
