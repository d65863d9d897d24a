package io.parley.adapter.ai.remote;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import io.parley.domain.conversation.TokenUsage;
import io.parley.domain.port.ai.ChatCompletion;
import io.parley.domain.port.ai.ChatCompletion.Finish;
import io.parley.domain.port.ai.ChatRequest;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Chats by way of LangChain4j, which writes the requests and reads the pieces, over a transport of
 * ours, which keeps the deadlines and stays on the calling thread.
 */
public final class StreamingChat implements AutoCloseable {
  private final ModelEndpoint endpoint;
  private final StreamRules rules;
  private final ToolProtocol tools;
  private final Function<HttpClientBuilder, StreamingChatModel> maker;
  private @Nullable StreamingChatModel model;

  /**
   * @param maker makes LangChain4j's model over a transport, when it is first needed
   */
  public StreamingChat(
      ModelEndpoint endpoint,
      StreamRules rules,
      ToolProtocol tools,
      Function<HttpClientBuilder, StreamingChatModel> maker) {
    this.endpoint = endpoint;
    this.rules = rules;
    this.tools = tools;
    this.maker = maker;
  }

  /**
   * As {@link io.parley.domain.port.ai.ChatModel#complete} says. It is tried again only while
   * nothing has been said.
   *
   * @param temperature absent for the model's own
   */
  public ChatCompletion complete(
      ChatRequest request,
      @Nullable Double temperature,
      Consumer<String> onText,
      BooleanSupplier cancelled) {
    ToolRequest asked = new ToolRequest(request, tools);
    endpoint.requireOpen();
    Listener listener = new Listener(onText, cancelled);
    try {
      listener.requireListening();
      return endpoint.call(
          listener::heardNothing,
          cancelled,
          deadline -> attempt(asked, temperature, listener, deadline));
    } catch (CallCancelled e) {
      return new ChatCompletion(Finish.CANCELLED, TokenUsage.NONE);
    }
  }

  private ChatCompletion attempt(
      ToolRequest asked, @Nullable Double temperature, Listener listener, Deadline deadline) {
    ChatStream stream = new ChatStream(endpoint, rules, asked, listener, deadline);
    var chat =
        dev.langchain4j.model.chat.request.ChatRequest.builder()
            .messages(PromptMessages.of(asked.asked().messages()))
            .parameters(ChatRequestParameters.builder().temperature(temperature).build())
            .build();
    ScopedValue.where(ChatTransport.STREAM, stream).run(() -> model().chat(chat, stream));
    return stream.completion();
  }

  private synchronized StreamingChatModel model() {
    if (model == null) {
      model = maker.apply(new ChatTransport.Builder());
    }
    return model;
  }

  @Override
  public void close() {
    endpoint.close();
  }

  /** Whoever waits for the answer. */
  static final class Listener {
    private final Consumer<String> onText;
    private final BooleanSupplier cancelled;
    private boolean heard;

    Listener(Consumer<String> onText, BooleanSupplier cancelled) {
      this.onText = onText;
      this.cancelled = cancelled;
    }

    void requireListening() {
      if (cancelled.getAsBoolean()) {
        throw new CallCancelled();
      }
    }

    void hear(String piece) {
      requireListening();
      heard = true;
      onText.accept(piece);
    }

    boolean heardNothing() {
      return !heard;
    }

    BooleanSupplier cancelled() {
      return cancelled;
    }
  }
}
