package io.parley.testkit.ai;

import io.parley.domain.conversation.TokenUsage;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.ChatCompletion;
import io.parley.domain.port.ai.ChatCompletion.Finish;
import io.parley.domain.port.ai.ChatModel;
import io.parley.domain.port.ai.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A generative model that says what it was told to. Scripts are played one a call, the last of them
 * for ever. It remembers what it was asked.
 */
public final class ScriptedChatModel implements ChatModel {
  private final String name;
  private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
  private final Queue<ChatRequest> requests = new ConcurrentLinkedQueue<>();

  private record Script(List<String> pieces, boolean breaks) {}

  /** A model that gives these pieces, one after another. */
  public ScriptedChatModel(String name, String... pieces) {
    this.name = name;
    scripts.add(new Script(List.of(pieces), false));
  }

  /** Adds what the next call, after those that are scripted, gives. */
  public ScriptedChatModel then(String... pieces) {
    scripts.add(new Script(List.of(pieces), false));
    return this;
  }

  /** Adds a call that gives these pieces and then stops in the middle of its answer. */
  public ScriptedChatModel thenBreaksAfter(String... pieces) {
    scripts.add(new Script(List.of(pieces), true));
    return this;
  }

  /** What it was asked, oldest first. */
  public List<ChatRequest> requests() {
    return new ArrayList<>(requests);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean generative() {
    return true;
  }

  /** Counts a piece as a token. */
  @Override
  public ChatCompletion complete(
      ChatRequest request, Consumer<String> onText, BooleanSupplier cancelled) {
    requests.add(request);
    Script script = next();
    int given = 0;
    for (String piece : script.pieces()) {
      if (cancelled.getAsBoolean()) {
        return new ChatCompletion(
            Finish.CANCELLED, new TokenUsage(request.messages().size(), given));
      }
      onText.accept(piece);
      given++;
    }
    if (script.breaks()) {
      throw new PortFailure(
          PortFailure.Kind.UNAVAILABLE, name, "The model stopped in the middle.", null);
    }
    return new ChatCompletion(Finish.STOP, new TokenUsage(request.messages().size(), given));
  }

  private synchronized Script next() {
    Script script = scripts.element();
    if (scripts.size() > 1) {
      scripts.remove();
    }
    return script;
  }

  @Override
  public void close() {}
}
