package io.parley.bootstrap.server;

import io.parley.adapter.ai.extractive.ExtractiveChatModel;
import io.parley.adapter.ai.gemini.GeminiChatModel;
import io.parley.adapter.ai.gemini.GeminiEmbedder;
import io.parley.adapter.ai.gemini.GeminiEmbedderConfig;
import io.parley.adapter.ai.local.OnnxEmbedder;
import io.parley.adapter.ai.local.OnnxEmbedderConfig;
import io.parley.adapter.ai.openai.OpenAiChatModel;
import io.parley.adapter.ai.openai.OpenAiEmbedder;
import io.parley.adapter.ai.openai.OpenAiEmbedderConfig;
import io.parley.adapter.ai.openai.OpenAiTranscriber;
import io.parley.adapter.ai.remote.CallLimits;
import io.parley.adapter.storage.cache.CachingEmbedder;
import io.parley.bootstrap.settings.ModelSettings;
import io.parley.bootstrap.settings.ModelSettings.Maker;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.ChatModel;
import io.parley.domain.port.ai.ChatModels;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.port.ai.Transcriber;
import io.parley.domain.port.storage.Cache;
import io.parley.domain.retrieval.EmbeddingModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Opens the embedder of a generation, the chat models by name, and the transcriber. The local model
 * is loaded when it first embeds, and the others connect when they are first called.
 */
final class ModelCatalogue {
  private final ModelSettings settings;
  private final Cache cache;
  private final Closing closing;
  private final Map<EmbeddingModel, Embedder> opened = new ConcurrentHashMap<>();
  private final OnnxEmbedder local;
  private final Embedder cachedLocal;

  /**
   * A catalogue.
   *
   * @param nativeCode where the local model's program may lie; into the last it is unpacked
   * @param cache where the vectors of questions are remembered
   */
  ModelCatalogue(ModelSettings settings, List<Path> nativeCode, Cache cache, Closing closing) {
    this.settings = settings;
    this.cache = cache;
    this.closing = closing.add(new Closing()); // what is opened later is closed with the first ones
    this.local = OnnxEmbedder.open(OnnxEmbedderConfig.standard().withNativeCode(nativeCode));
    this.cachedLocal = cached(local);
  }

  private Embedder cached(Embedder embedder) {
    return closing.add(CachingEmbedder.open(embedder, cache));
  }

  /**
   * The embedder of that model, whatever the settings choose; the same one each time.
   *
   * @throws PortFailure {@code INVALID_CONFIGURATION} when the settings do not allow to open it
   */
  Embedder embedder(EmbeddingModel model) {
    return opened.computeIfAbsent(model, this::open);
  }

  private Embedder open(EmbeddingModel model) {
    CallLimits limits = CallLimits.EMBEDDING.withSilence(settings.silence());
    if (model.equals(OnnxEmbedder.MODEL)) {
      return cachedLocal;
    }
    if (model.provider().equals(OpenAiEmbedderConfig.PROVIDER) && settings.openAi() != null) {
      return cached(
          OpenAiEmbedder.open(new OpenAiEmbedderConfig(settings.openAi().access(), model, limits)));
    }
    if (model.provider().equals(GeminiEmbedderConfig.PROVIDER) && settings.gemini() != null) {
      return cached(
          GeminiEmbedder.open(new GeminiEmbedderConfig(settings.gemini().access(), model, limits)));
    }
    throw new PortFailure(
        PortFailure.Kind.INVALID_CONFIGURATION,
        "embedder",
        "What is here was indexed with the model "
            + model.name()
            + " of "
            + model.provider()
            + ", which cannot be used now. "
            + remedy(model.provider()),
        null);
  }

  private static String remedy(String provider) {
    return switch (provider) {
      case OpenAiEmbedderConfig.PROVIDER -> "Set OPENAI_API_KEY or OPENAI_BASE_URL again.";
      case GeminiEmbedderConfig.PROVIDER -> "Set GOOGLE_API_KEY again.";
      default -> "Start the version of Parley that it was indexed with.";
    };
  }

  /**
   * All that are configured; the extractive one is always there.
   *
   * @param local whether the passages of an answer are found with the local model, for certain
   */
  ChatModels chatModels(BooleanSupplier local) {
    List<ChatModel> models = new ArrayList<>();
    if (settings.openAi() != null) {
      add(OpenAiChatModel.open(settings.openAi()), Maker.OPENAI, models);
    }
    if (settings.gemini() != null) {
      add(GeminiChatModel.open(settings.gemini()), Maker.GEMINI, models);
    }
    ExtractiveChatModel extractive = ExtractiveChatModel.open(cachedLocal, this.local.forAnswers());
    add(extractive.forHits(local), Maker.LOCAL, models);
    return new NamedChatModels(models);
  }

  /** What turns speech into text; empty when the settings give nothing that does. */
  Optional<Transcriber> transcriber() {
    return Optional.ofNullable(settings.transcriber())
        .map(config -> closing.add(OpenAiTranscriber.open(config)));
  }

  private void add(ChatModel model, Maker provider, List<ChatModel> models) {
    closing.add(model);
    models.add(provider == settings.chat() ? 0 : models.size(), model);
  }
}
