package io.parley.adapter.ai.gemini;

import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import io.parley.adapter.ai.remote.ModelEndpoint;
import io.parley.adapter.ai.remote.StreamingChat;
import io.parley.domain.port.ai.ChatCompletion;
import io.parley.domain.port.ai.ChatModel;
import io.parley.domain.port.ai.ChatRequest;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A chat model of Gemini. What it thinks before it speaks is not passed on. */
public final class GeminiChatModel implements ChatModel {

  /** The name by which a bot chooses it. */
  public static final String NAME = "gemini";

  private final StreamingChat chat;

  private GeminiChatModel(StreamingChat chat) {
    this.chat = chat;
  }

  /** A model that connects when it is first asked. */
  public static GeminiChatModel open(GeminiChatConfig config) {
    GeminiAccess access = config.access();
    GeminiVendor vendor = new GeminiVendor("GOOGLE_MODEL");
    ModelEndpoint endpoint =
        new ModelEndpoint(vendor, access.baseUrl(), access.headers(), config.limits());
    return new GeminiChatModel(
        new StreamingChat(
            endpoint,
            new GeminiStreamRules(vendor),
            new GeminiTools(),
            transport ->
                GoogleAiGeminiStreamingChatModel.builder()
                    .httpClientBuilder(transport)
                    .baseUrl(access.baseUrl().toString())
                    .modelName(config.model())
                    .returnThinking(false)
                    .build()));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean generative() {
    return true;
  }

  @Override
  public boolean takesTools() {
    return true;
  }

  @Override
  public ChatCompletion complete(
      ChatRequest request, Consumer<String> onText, BooleanSupplier cancelled) {
    return chat.complete(request, request.temperature(), onText, cancelled);
  }

  @Override
  public void close() {
    chat.close();
  }
}
