package io.parley.bootstrap.settings;

import io.parley.adapter.ai.gemini.GeminiAccess;
import io.parley.adapter.ai.gemini.GeminiChatConfig;
import io.parley.adapter.ai.openai.OpenAiAccess;
import io.parley.adapter.ai.openai.OpenAiChatConfig;
import io.parley.adapter.ai.openai.OpenAiTranscriberConfig;
import io.parley.adapter.ai.remote.CallLimits;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Secret;
import io.parley.domain.retrieval.EmbeddingModel;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which models there are.
 *
 * @param openAi absent without credentials
 * @param gemini absent without credentials
 * @param transcriber absent where nothing turns speech into text
 * @param chat the chat model of bots that name none
 * @param embedding what is indexed with as long as nothing has been
 * @param embeddings what everything may be moved to, by its maker
 * @param silence how long a model that is not local may say nothing
 */
public record ModelSettings(
    @Nullable OpenAiChatConfig openAi,
    @Nullable GeminiChatConfig gemini,
    @Nullable OpenAiTranscriberConfig transcriber,
    Maker chat,
    EmbeddingModel embedding,
    Map<Maker, EmbeddingModel> embeddings,
    Duration silence) {

  private static final String OPENAI_NEEDS =
      "openai needs OPENAI_API_KEY, or OPENAI_BASE_URL for a server without keys.";

  /** Who makes models. */
  public enum Maker {
    LOCAL,
    OPENAI,
    GEMINI
  }

  /** The names of {@link Setting#PARLEY_CHAT_MODEL}. */
  enum ChatChoice {
    EXTRACTIVE,
    OPENAI,
    GEMINI
  }

  /** The names of {@link Setting#PARLEY_TRANSCRIBER}. */
  enum TranscriberChoice {
    OPENAI,
    NONE
  }

  static ModelSettings of(SettingReader read) {
    Duration silence = Duration.ofSeconds(read.number(Setting.PARLEY_MODEL_TIMEOUT, 1, 3_600));
    CallLimits limits = CallLimits.CHAT.withSilence(silence);
    OpenAiChatConfig openAi = openAi(read, limits);
    GeminiChatConfig gemini = gemini(read, limits);
    Maker embedder = embedder(read, openAi != null, gemini != null);
    EmbeddingModel embedding = EmbeddingChoice.of(read, embedder);
    return new ModelSettings(
        openAi,
        gemini,
        transcriber(read, openAi, silence),
        chat(read, openAi != null, gemini != null),
        embedding,
        EmbeddingChoice.all(read, openAi != null, gemini != null),
        silence);
  }

  /**
   * The embedding model of a maker, named as in {@link Setting#PARLEY_EMBEDDER}.
   *
   * @throws PortFailure {@code INVALID_CONFIGURATION} when the settings name none
   */
  public EmbeddingModel embedding(String maker) {
    return embeddings.entrySet().stream()
        .filter(each -> each.getKey().name().equalsIgnoreCase(maker))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() ->
            new PortFailure(
                PortFailure.Kind.INVALID_CONFIGURATION,
                "embedder",
                "The settings give no embedding model of " + maker + ". " + remedy(maker),
                null));
  }

  private static String remedy(String maker) {
    return switch (maker.toLowerCase(Locale.ROOT)) {
      case "openai" ->
          "Set OPENAI_API_KEY or OPENAI_BASE_URL, and PARLEY_EMBEDDING_DIMENSION for a model that"
              + " Parley does not know; then restart the server, if one runs.";
      case "gemini" -> "Set GOOGLE_API_KEY; then restart the server, if one runs.";
      default -> "Name local, openai or gemini.";
    };
  }

  private static @Nullable OpenAiChatConfig openAi(SettingReader read, CallLimits limits) {
    Secret key = read.secret(Setting.OPENAI_API_KEY, 1);
    URI url = read.url(Setting.OPENAI_BASE_URL);
    if (key == null && url == null) {
      return null;
    }
    URI there = Objects.requireNonNullElse(url, OpenAiAccess.OPENAI);
    return new OpenAiChatConfig(
        new OpenAiAccess(there, key), read.text(Setting.OPENAI_MODEL), limits);
  }

  private static @Nullable GeminiChatConfig gemini(SettingReader read, CallLimits limits) {
    Secret key = read.secret(Setting.GOOGLE_API_KEY, 1);
    if (key == null) {
      return null;
    }
    URI there = Objects.requireNonNullElse(read.url(Setting.GOOGLE_BASE_URL), GeminiAccess.GOOGLE);
    try {
      return new GeminiChatConfig(
          new GeminiAccess(there, key), read.text(Setting.GOOGLE_MODEL), limits);
    } catch (IllegalArgumentException e) {
      throw new WrongSetting(Setting.GOOGLE_MODEL, String.valueOf(e.getMessage()));
    }
  }

  /** A server without keys may hear nothing: somebody must say that it does. */
  private static @Nullable OpenAiTranscriberConfig transcriber(
      SettingReader read, @Nullable OpenAiChatConfig openAi, Duration silence) {
    boolean hears =
        read.isSet(Setting.PARLEY_TRANSCRIBER)
            ? read.oneOf(Setting.PARLEY_TRANSCRIBER, TranscriberChoice.class)
                == TranscriberChoice.OPENAI
            : read.isSet(Setting.OPENAI_API_KEY)
                || (openAi != null && read.isSet(Setting.OPENAI_TRANSCRIPTION_MODEL));
    if (!hears) {
      return null;
    }
    if (openAi == null) {
      throw new WrongSetting(Setting.PARLEY_TRANSCRIBER, OPENAI_NEEDS);
    }
    boolean longer = silence.compareTo(CallLimits.TRANSCRIPTION.firstByte()) > 0;
    return new OpenAiTranscriberConfig(
        openAi.access(),
        read.text(Setting.OPENAI_TRANSCRIPTION_MODEL),
        longer ? CallLimits.TRANSCRIPTION.withSilence(silence) : CallLimits.TRANSCRIPTION);
  }

  private static Maker chat(SettingReader read, boolean openAi, boolean gemini) {
    if (!read.isSet(Setting.PARLEY_CHAT_MODEL)) {
      return first(openAi, gemini);
    }
    Maker chosen =
        switch (read.oneOf(Setting.PARLEY_CHAT_MODEL, ChatChoice.class)) {
          case EXTRACTIVE -> Maker.LOCAL;
          case OPENAI -> Maker.OPENAI;
          case GEMINI -> Maker.GEMINI;
        };
    return available(Setting.PARLEY_CHAT_MODEL, chosen, openAi, gemini);
  }

  /** A server without keys may have no embeddings: somebody must say that it has. */
  private static Maker embedder(SettingReader read, boolean openAi, boolean gemini) {
    if (read.isSet(Setting.PARLEY_EMBEDDER)) {
      Maker chosen = read.oneOf(Setting.PARLEY_EMBEDDER, Maker.class);
      return available(Setting.PARLEY_EMBEDDER, chosen, openAi, gemini);
    }
    boolean embeds =
        read.isSet(Setting.OPENAI_API_KEY) || read.isSet(Setting.OPENAI_EMBEDDING_MODEL);
    return first(openAi && embeds, gemini);
  }

  private static Maker first(boolean openAi, boolean gemini) {
    if (openAi) {
      return Maker.OPENAI;
    }
    return gemini ? Maker.GEMINI : Maker.LOCAL;
  }

  private static Maker available(Setting setting, Maker chosen, boolean openAi, boolean gemini) {
    if (chosen == Maker.OPENAI && !openAi) {
      throw new WrongSetting(setting, OPENAI_NEEDS);
    }
    if (chosen == Maker.GEMINI && !gemini) {
      throw new WrongSetting(setting, "gemini needs GOOGLE_API_KEY.");
    }
    return chosen;
  }
}
