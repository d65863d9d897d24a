package io.parley.bootstrap.settings;

import io.parley.adapter.ai.gemini.GeminiAccess;
import io.parley.adapter.ai.gemini.GeminiEmbedderConfig;
import io.parley.adapter.ai.local.OnnxEmbedder;
import io.parley.adapter.ai.openai.OpenAiEmbedderConfig;
import io.parley.bootstrap.settings.ModelSettings.Maker;
import io.parley.domain.retrieval.EmbeddingModel;
import java.util.Optional;
import java.util.OptionalInt;

/** The embedding model that the settings choose, with its dimension. */
final class EmbeddingChoice {
  private static final int MOST = 4_096;

  private EmbeddingChoice() {}

  static EmbeddingModel of(SettingReader read, Maker provider) {
    return switch (provider) {
      case LOCAL -> local(read);
      case OPENAI -> {
        String name = read.text(Setting.OPENAI_EMBEDDING_MODEL);
        yield new EmbeddingModel(
            OpenAiEmbedderConfig.PROVIDER,
            name,
            dimension(read, name, OpenAiEmbedderConfig.dimensionOf(name)));
      }
      case GEMINI -> {
        String name = geminiName(read);
        yield new EmbeddingModel(
            GeminiEmbedderConfig.PROVIDER,
            name,
            dimension(read, name, GeminiEmbedderConfig.dimensionOf(name)));
      }
    };
  }

  /** A model that was not chosen, with all its numbers; empty when nobody says how many it has. */
  static Optional<EmbeddingModel> standardOf(SettingReader read, Maker provider) {
    boolean openAi = provider == Maker.OPENAI;
    String name = openAi ? read.text(Setting.OPENAI_EMBEDDING_MODEL) : geminiName(read);
    OptionalInt own =
        openAi ? OpenAiEmbedderConfig.dimensionOf(name) : GeminiEmbedderConfig.dimensionOf(name);
    String maker = openAi ? OpenAiEmbedderConfig.PROVIDER : GeminiEmbedderConfig.PROVIDER;
    return own.isPresent()
        ? Optional.of(new EmbeddingModel(maker, name, own.getAsInt()))
        : Optional.empty();
  }

  private static String geminiName(SettingReader read) {
    try {
      return GeminiAccess.plainName(read.text(Setting.GOOGLE_EMBEDDING_MODEL));
    } catch (IllegalArgumentException e) {
      throw new WrongSetting(Setting.GOOGLE_EMBEDDING_MODEL, String.valueOf(e.getMessage()));
    }
  }

  private static EmbeddingModel local(SettingReader read) {
    int own = OnnxEmbedder.MODEL.dimension();
    if (read.isSet(Setting.PARLEY_EMBEDDING_DIMENSION)
        && read.number(Setting.PARLEY_EMBEDDING_DIMENSION, 1, MOST) != own) {
      throw new WrongSetting(
          Setting.PARLEY_EMBEDDING_DIMENSION, "The local model has " + own + ". Unset it.");
    }
    return OnnxEmbedder.MODEL;
  }

  private static int dimension(SettingReader read, String name, OptionalInt own) {
    if (read.isSet(Setting.PARLEY_EMBEDDING_DIMENSION)) {
      return read.number(Setting.PARLEY_EMBEDDING_DIMENSION, 1, own.orElse(MOST));
    }
    return own.orElseThrow(() ->
        new WrongSetting(
            Setting.PARLEY_EMBEDDING_DIMENSION,
            "Say how many numbers an embedding of " + name + " has."));
  }
}
