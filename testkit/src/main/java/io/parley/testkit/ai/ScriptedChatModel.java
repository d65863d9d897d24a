package io.parley.testkit.ai;

import io.parley.domain.conversation.TokenUsage;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.ChatCompletion;
import io.parley.domain.port.ai.ChatCompletion.Finish;
import io.parley.domain.port.ai.ChatModel;
import io.parley.domain.port.ai.ChatRequest;
import io.parley.domain.port.ai.ToolCall;
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

  private record Script(List<String> pieces, boolean breaks, List<ToolCall> calls) {}

  /** A model that gives these pieces, one after another. */
  public ScriptedChatModel(String name, String... pieces) {
    this.name = name;
    scripts.add(new Script(List.of(pieces), false, List.of()));
  }

  /** Adds what the next call, after those that are scripted, gives. */
  public ScriptedChatModel then(String... pieces) {
    scripts.add(new Script(List.of(pieces), false, List.of()));
    return this;
  }

  /** Adds a call that says this, which may be empty, and then asks for tools. */
  public ScriptedChatModel thenCalls(String text, ToolCall... calls) {
    scripts.add(new Script(text.isEmpty() ? List.of() : List.of(text), false, List.of(calls)));
    return this;
  }

  /** Adds a call that gives these pieces and then stops in the middle of its answer. */
  public ScriptedChatModel thenBreaksAfter(String... pieces) {
    scripts.add(new Script(List.of(pieces), true, List.of()));
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

  @Override
  public boolean takesTools() {
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
    TokenUsage usage = new TokenUsage(request.messages().size(), given);
    if (script.calls().isEmpty()) {
      return new ChatCompletion(Finish.STOP, usage);
    }
    script.calls().forEach(call -> requireOffered(call, request));
    return new ChatCompletion(Finish.TOOL_CALLS, usage, script.calls());
  }

  private void requireOffered(ToolCall call, ChatRequest request) {
    if (request.tools().stream().noneMatch(tool -> tool.name().equals(call.name()))) {
      throw new PortFailure(
          PortFailure.Kind.CORRUPT_DATA, name, "A tool was called that was not offered.", null);
    }
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
