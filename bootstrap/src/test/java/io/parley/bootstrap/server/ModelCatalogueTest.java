package io.parley.bootstrap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.bootstrap.settings.ModelSettings;
import io.parley.bootstrap.settings.Settings;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.ChatModel;
import io.parley.domain.port.ai.ChatModels;
import io.parley.domain.port.ai.Transcription;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.testkit.ai.AudioSamples;
import io.parley.testkit.server.ModelServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCatalogueTest {
  private static final EmbeddingModel LARGE =
      new EmbeddingModel("openai", "text-embedding-3-large", 3072);
  private static final EmbeddingModel SHORT = new EmbeddingModel("gemini", "embedding-9", 256);

  @TempDir private Path home;
  private final Closing closing = new Closing();

  @AfterEach
  void close() {
    closing.close();
  }

  private ModelSettings settings(Map<String, String> environment) {
    return Settings.read(environment, home).models();
  }

  private ModelCatalogue catalogue(Map<String, String> environment) {
    return new ModelCatalogue(
        settings(environment),
        List.of(home.resolve("native")),
        ChosenCache.inProcess().cache(),
        closing);
  }

  @Test
  void theEmbedderOfAnIndexIsOpenedWhateverIsChosen() {
    try (ModelServer server = ModelServer.start()) {
      ModelCatalogue catalogue =
          catalogue(
              Map.of(
                  "GOOGLE_API_KEY",
                  "g-1",
                  "GOOGLE_BASE_URL",
                  server.geminiUrl().toString(),
                  "PARLEY_EMBEDDER",
                  "local"));

      assertThat(catalogue.embedder(SHORT).model()).isEqualTo(SHORT);
      assertThat(catalogue.embedder(SHORT).embedQuery("words")).hasSize(256);
      assertThat(server.received().getFirst().path()).contains("embedding-9");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "openai, text-embedding-3-large, OPENAI_API_KEY",
    "gemini, gemini-embedding-001, GOOGLE_API_KEY",
    "local, a-model-to-come, version"
  })
  void anIndexWhoseModelCannotBeOpenedIsRefused(String provider, String name, String remedy) {
    ModelCatalogue catalogue = catalogue(Map.of());

    assertThatThrownBy(() -> catalogue.embedder(new EmbeddingModel(provider, name, 384)))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining(name)
        .hasMessageContaining(remedy);
  }

  @Test
  void allChatModelsAreThereAndTheChosenOneIsTheStandard() {
    Map<String, String> keys = Map.of("OPENAI_API_KEY", "sk-1", "GOOGLE_API_KEY", "g-1");
    ChatModels models = catalogue(keys).chatModels(() -> false);

    assertThat(models.names()).containsExactly("openai", "gemini", "extractive");
    assertThat(models.find("gemini").map(ChatModel::generative)).contains(true);
    assertThat(catalogue(Map.of()).chatModels(() -> false).names()).containsExactly("extractive");
    assertThat(
            catalogue(Map.of("OPENAI_API_KEY", "sk-1", "PARLEY_CHAT_MODEL", "extractive"))
                .chatModels(() -> false)
                .standard()
                .name())
        .isEqualTo("extractive");
  }

  @Test
  void aTranscriberIsThereWhenTheSettingsGiveOne() {
    try (ModelServer server = ModelServer.start()) {
      ModelCatalogue catalogue =
          catalogue(
              Map.of("OPENAI_API_KEY", "sk-1", "OPENAI_BASE_URL", server.openAiUrl().toString()));

      assertThat(catalogue.transcriber().orElseThrow().transcribe(AudioSamples.tone()))
          .isInstanceOf(Transcription.Transcribed.class);
    }
    assertThat(catalogue(Map.of()).transcriber()).isEmpty();
  }

  @Test
  void aDifferenceBetweenSettingsAndIndexIsSaid() {
    ChosenEmbedding same = new ChosenEmbedding(LARGE, () -> LARGE);
    ChosenEmbedding other = new ChosenEmbedding(LARGE, () -> SHORT);

    same.requireServing();
    assertThat(same.serves()).isTrue();
    assertThatThrownBy(other::requireServing)
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("text-embedding-3-large of openai (3072 numbers)")
        .hasMessageContaining("embedding-9 of gemini (256 numbers)");
  }
}
