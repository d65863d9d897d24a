package io.parley.bootstrap.server;

import io.parley.adapter.ai.extractive.ExtractiveChatModel;
import io.parley.adapter.ai.gemini.GeminiChatConfig;
import io.parley.adapter.ai.gemini.GeminiChatModel;
import io.parley.adapter.ai.gemini.GeminiEmbedder;
import io.parley.adapter.ai.gemini.GeminiEmbedderConfig;
import io.parley.adapter.ai.local.OnnxEmbedder;
import io.parley.adapter.ai.local.OnnxEmbedderConfig;
import io.parley.adapter.ai.openai.OpenAiChatConfig;
import io.parley.adapter.ai.openai.OpenAiChatModel;
import io.parley.adapter.ai.openai.OpenAiEmbedder;
import io.parley.adapter.ai.openai.OpenAiEmbedderConfig;
import io.parley.adapter.ai.openai.OpenAiTranscriber;
import io.parley.adapter.ai.openai.OpenAiTranscriberConfig;
import io.parley.adapter.ai.remote.CallLimits;
import io.parley.application.check.ChatModelProbe;
import io.parley.application.check.EmbedderProbe;
import io.parley.application.check.Probe;
import io.parley.application.check.Subject;
import io.parley.application.check.TranscriberProbe;
import io.parley.bootstrap.settings.ModelSettings;
import io.parley.bootstrap.settings.ModelSettings.Maker;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.ai.ChatModel;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.retrieval.EmbeddingModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** The models that credentials and settings name, whichever is chosen, without any cache. */
record CheckedModels(ModelSettings settings) {
  private static final String OPENAI =
      "Check OPENAI_API_KEY, OPENAI_BASE_URL and the name of the model; docs/setup/openai.md says"
          + " how it is set up.";
  private static final String GEMINI =
      "Check GOOGLE_API_KEY and the name of the model; docs/setup/gemini.md says how it is set up.";
  private static final String TRANSCRIPTION =
      "Check OPENAI_TRANSCRIPTION_MODEL, OPENAI_API_KEY and OPENAI_BASE_URL; where there is no such"
          + " model, set PARLEY_TRANSCRIBER=none.";
  private static final String LOCAL =
      "Check the memory of this machine, and that its processor is one that the local model knows.";

  List<Probe> probes() {
    List<Probe> probes = new ArrayList<>();
    embeddings().forEach(model -> probes.add(embedder(model)));
    OpenAiChatConfig openAi = settings.openAi();
    if (openAi != null) {
      probes.add(chat("OpenAI chat " + openAi.model(), OPENAI, () -> OpenAiChatModel.open(openAi)));
    }
    GeminiChatConfig gemini = settings.gemini();
    if (gemini != null) {
      probes.add(chat("Gemini chat " + gemini.model(), GEMINI, () -> GeminiChatModel.open(gemini)));
    }
    OpenAiTranscriberConfig hearing = settings.transcriber();
    if (hearing != null) {
      Subject subject = new Subject("OpenAI transcription " + hearing.model(), TRANSCRIPTION);
      probes.add(new TranscriberProbe(subject, () -> OpenAiTranscriber.open(hearing)));
    }
    if (settings.chat() == Maker.LOCAL) {
      probes.add(chat("extractive answers", LOCAL, CheckedModels::extractive));
    }
    return probes;
  }

  /**
   * The chosen one first; the local one needs no credentials, and counts only when it is chosen.
   */
  private List<EmbeddingModel> embeddings() {
    List<EmbeddingModel> all = new ArrayList<>(List.of(settings.embedding()));
    settings
        .embeddings()
        .forEach((maker, model) -> {
          if (maker != Maker.LOCAL && !all.contains(model)) {
            all.add(model);
          }
        });
    return all;
  }

  private static Probe chat(String name, String remedy, Supplier<ChatModel> opener) {
    return new ChatModelProbe(new Subject(name, remedy), IdSource.random(), opener);
  }

  private static ChatModel extractive() {
    OnnxEmbedder embedder = OnnxEmbedder.open(OnnxEmbedderConfig.standard());
    return ExtractiveChatModel.open(embedder, embedder.forAnswers());
  }

  private Probe embedder(EmbeddingModel model) {
    return switch (model.provider()) {
      case OpenAiEmbedderConfig.PROVIDER ->
          embedder("OpenAI embeddings " + model.name(), OPENAI, () -> openAi(model));
      case GeminiEmbedderConfig.PROVIDER ->
          embedder("Gemini embeddings " + model.name(), GEMINI, () -> gemini(model));
      default ->
          embedder(
              "local embeddings", LOCAL, () -> OnnxEmbedder.open(OnnxEmbedderConfig.standard()));
    };
  }

  private static Probe embedder(String name, String remedy, Supplier<Embedder> opener) {
    return new EmbedderProbe(new Subject(name, remedy), opener);
  }

  private CallLimits limits() {
    return CallLimits.EMBEDDING.withSilence(settings.silence());
  }

  private Embedder openAi(EmbeddingModel model) {
    return OpenAiEmbedder.open(
        new OpenAiEmbedderConfig(
            Objects.requireNonNull(settings.openAi()).access(), model, limits()));
  }

  private Embedder gemini(EmbeddingModel model) {
    return GeminiEmbedder.open(
        new GeminiEmbedderConfig(
            Objects.requireNonNull(settings.gemini()).access(), model, limits()));
  }
}
