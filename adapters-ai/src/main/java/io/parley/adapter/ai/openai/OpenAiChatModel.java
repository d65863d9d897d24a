package io.parley.adapter.ai.openai;

import dev.langchain4j.model.openai.OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder;
import io.parley.adapter.ai.remote.ModelEndpoint;
import io.parley.adapter.ai.remote.StreamingChat;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.ChatCompletion;
import io.parley.domain.port.ai.ChatModel;
import io.parley.domain.port.ai.ChatRequest;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A chat model of OpenAI, or of a server that speaks its protocol. */
public final class OpenAiChatModel implements ChatModel {

  /** The name by which a bot chooses it. */
  public static final String NAME = "openai";

  private final OpenAiVendor vendor;
  private final StreamingChat chat;

  private OpenAiChatModel(OpenAiVendor vendor, StreamingChat chat) {
    this.vendor = vendor;
    this.chat = chat;
  }

  /** A model that connects when it is first asked. */
  public static OpenAiChatModel open(OpenAiChatConfig config) {
    OpenAiAccess access = config.access();
    OpenAiVendor vendor = new OpenAiVendor(access, "OPENAI_MODEL");
    ModelEndpoint endpoint =
        new ModelEndpoint(vendor, access.baseUrl(), access.headers(), config.limits());
    StreamingChat chat =
        new StreamingChat(
            endpoint,
            new OpenAiStreamRules(vendor),
            new OpenAiTools(),
            transport ->
                new OpenAiStreamingChatModelBuilder()
                    .httpClientBuilder(transport)
                    .baseUrl(access.baseUrl().toString())
                    .modelName(config.model())
                    .build());
    return new OpenAiChatModel(vendor, chat);
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

  /** Models that reason take no temperature: such a one is asked once more, and then without. */
  @Override
  public ChatCompletion complete(
      ChatRequest request, Consumer<String> onText, BooleanSupplier cancelled) {
    if (vendor.temperatureRefused()) {
      return chat.complete(request, null, onText, cancelled);
    }
    try {
      return chat.complete(request, request.temperature(), onText, cancelled);
    } catch (PortFailure failure) {
      if (!vendor.temperatureRefused()) {
        throw failure;
      }
      return chat.complete(request, null, onText, cancelled);
    }
  }

  @Override
  public void close() {
    chat.close();
  }
}
