package io.parley.bootstrap.settings;

import io.parley.adapter.ai.gemini.GeminiAccess;
import io.parley.adapter.ai.gemini.GeminiEmbedderConfig;
import io.parley.adapter.ai.local.OnnxEmbedder;
import io.parley.adapter.ai.openai.OpenAiEmbedderConfig;
import io.parley.bootstrap.settings.ModelSettings.Maker;
import io.parley.domain.retrieval.EmbeddingModel;
import java.util.EnumMap;
import java.util.Map;
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

  /** That of each maker that can be used; the dimension that is set is not the local model's. */
  static Map<Maker, EmbeddingModel> all(SettingReader read, boolean openAi, boolean gemini) {
    Map<Maker, EmbeddingModel> all = new EnumMap<>(Maker.class);
    all.put(Maker.LOCAL, OnnxEmbedder.MODEL);
    if (openAi) {
      find(read, Maker.OPENAI).ifPresent(model -> all.put(Maker.OPENAI, model));
    }
    if (gemini) {
      find(read, Maker.GEMINI).ifPresent(model -> all.put(Maker.GEMINI, model));
    }
    return Map.copyOf(all);
  }

  /** Nothing is wrong with settings of a model that nobody uses. */
  private static Optional<EmbeddingModel> find(SettingReader read, Maker maker) {
    try {
      return Optional.of(of(read, maker));
    } catch (WrongSetting e) {
      return Optional.empty();
    }
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
