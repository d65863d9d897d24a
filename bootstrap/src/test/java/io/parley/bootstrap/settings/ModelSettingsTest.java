package io.parley.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.bootstrap.settings.ModelSettings.Maker;
import io.parley.domain.retrieval.EmbeddingModel;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelSettingsTest {
  private static final EmbeddingModel LARGE =
      new EmbeddingModel("openai", "text-embedding-3-large", 3072);

  @TempDir private Path home;

  private ModelSettings read(Map<String, String> environment) {
    return Settings.read(environment, home).models();
  }

  private String complaint(Map<String, String> environment) {
    Throwable[] thrown = new Throwable[1];
    assertThatThrownBy(() -> read(environment))
        .isInstanceOfSatisfying(WrongSetting.class, e -> thrown[0] = e);
    return thrown[0].getMessage();
  }

  @Test
  void withoutKeysEverythingIsLocal() {
    ModelSettings models = read(Map.of());

    assertThat(models.openAi()).isNull();
    assertThat(models.gemini()).isNull();
    assertThat(models.chat()).isEqualTo(Maker.LOCAL);
    assertThat(models.embedding().provider()).isEqualTo("local");
  }

  @Test
  void keysChooseOpenAiBeforeGemini() {
    ModelSettings both = read(Map.of("OPENAI_API_KEY", "sk-1", "GOOGLE_API_KEY", "g-1"));
    ModelSettings google = read(Map.of("GOOGLE_API_KEY", "g-1"));

    assertThat(both.chat()).isEqualTo(Maker.OPENAI);
    assertThat(both.embedding()).isEqualTo(LARGE);
    assertThat(both.openAi().model()).isEqualTo("gpt-4.1-mini");
    assertThat(both.openAi().access().baseUrl()).isEqualTo(URI.create("https://api.openai.com/v1"));
    assertThat(both.gemini().model()).isEqualTo("gemini-2.5-flash");
    assertThat(both.toString()).doesNotContain("sk-1", "g-1");
    assertThat(google.chat()).isEqualTo(Maker.GEMINI);
    assertThat(google.embedding())
        .isEqualTo(new EmbeddingModel("gemini", "gemini-embedding-001", 3072));
  }

  @Test
  void whatIsNamedGoesBeforeTheKeys() {
    ModelSettings models =
        read(
            Map.ofEntries(
                Map.entry("OPENAI_API_KEY", "sk-1"),
                Map.entry("GOOGLE_API_KEY", "g-1"),
                Map.entry("PARLEY_EMBEDDER", "gemini"),
                Map.entry("PARLEY_CHAT_MODEL", "extractive"),
                Map.entry("PARLEY_EMBEDDING_DIMENSION", "768"),
                Map.entry("GOOGLE_EMBEDDING_MODEL", "models/gemini-embedding-2"),
                Map.entry("GOOGLE_MODEL", "models/gemini-2.5-pro"),
                Map.entry("GOOGLE_BASE_URL", "http://localhost:1/v1beta/"),
                Map.entry("OPENAI_MODEL", "gpt-4.1"),
                Map.entry("PARLEY_MODEL_TIMEOUT", "5")));

    assertThat(models.chat()).isEqualTo(Maker.LOCAL);
    assertThat(models.embedding())
        .isEqualTo(new EmbeddingModel("gemini", "gemini-embedding-2", 768));
    assertThat(models.openAi().model()).isEqualTo("gpt-4.1");
    assertThat(models.openAi().limits().idle()).isEqualTo(Duration.ofSeconds(5));
    assertThat(models.gemini().model()).isEqualTo("gemini-2.5-pro");
    assertThat(models.gemini().access().baseUrl())
        .isEqualTo(URI.create("http://localhost:1/v1beta"));
  }

  @Test
  void aServerWithoutKeysChatsAndEmbedsOnlyWhenThatIsSaid() {
    Map<String, String> ollama =
        Map.of("OPENAI_BASE_URL", "http://localhost:11434/v1", "OPENAI_MODEL", "llama3.2");
    assertThat(read(ollama).chat()).isEqualTo(Maker.OPENAI);
    assertThat(read(ollama).openAi().access().apiKey()).isNull();
    assertThat(read(ollama).embedding().provider()).isEqualTo("local");

    ModelSettings embedding =
        read(
            Map.of(
                "OPENAI_BASE_URL",
                "http://localhost:11434/v1",
                "OPENAI_EMBEDDING_MODEL",
                "nomic-embed-text",
                "PARLEY_EMBEDDING_DIMENSION",
                "768"));
    assertThat(embedding.embedding())
        .isEqualTo(new EmbeddingModel("openai", "nomic-embed-text", 768));
  }

  @Test
  void speechIsHeardByOpenAiWhenItsKeyIsThere() {
    ModelSettings models = read(Map.of("OPENAI_API_KEY", "sk-1"));

    assertThat(models.transcriber().model()).isEqualTo("gpt-4o-mini-transcribe");
    assertThat(models.transcriber().limits().firstByte()).isEqualTo(Duration.ofMinutes(5));
    assertThat(models.toString()).doesNotContain("sk-1");
    assertThat(read(Map.of()).transcriber()).isNull();
    assertThat(read(Map.of("GOOGLE_API_KEY", "g-1")).transcriber()).isNull();
    assertThat(read(Map.of("OPENAI_API_KEY", "sk-1", "PARLEY_TRANSCRIBER", "none")).transcriber())
        .isNull();
  }

  @Test
  void aServerWithoutKeysHearsOnlyWhenThatIsSaid() {
    String url = "http://localhost:8001/v1";
    assertThat(read(Map.of("OPENAI_BASE_URL", url)).transcriber()).isNull();

    for (Map<String, String> said :
        List.of(
            Map.of("PARLEY_TRANSCRIBER", "openai"),
            Map.of("OPENAI_TRANSCRIPTION_MODEL", "gpt-4o-mini-transcribe"))) {
      Map<String, String> environment = new HashMap<>(said);
      environment.put("OPENAI_BASE_URL", url);
      environment.put("PARLEY_MODEL_TIMEOUT", "900");

      ModelSettings models = read(environment);

      assertThat(models.transcriber().access().baseUrl()).isEqualTo(URI.create(url));
      assertThat(models.transcriber().limits().firstByte()).isEqualTo(Duration.ofMinutes(15));
    }
  }

  @Test
  void aTranscriberThatIsNotThereIsRefused() {
    assertThat(complaint(Map.of("PARLEY_TRANSCRIBER", "openai")))
        .contains("PARLEY_TRANSCRIBER", "OPENAI_API_KEY");
    assertThat(complaint(Map.of("PARLEY_TRANSCRIBER", "whisper"))).contains("PARLEY_TRANSCRIBER");
  }

  @Test
  void aModelOfUnknownDimensionNeedsOne() {
    assertThat(
            complaint(
                Map.of("OPENAI_API_KEY", "sk-1", "OPENAI_EMBEDDING_MODEL", "nomic-embed-text")))
        .contains("PARLEY_EMBEDDING_DIMENSION", "nomic-embed-text");
  }

  @Test
  void aModelHasNoMoreDimensionsThanItsOwn() {
    assertThat(complaint(Map.of("OPENAI_API_KEY", "sk-1", "PARLEY_EMBEDDING_DIMENSION", "4000")))
        .contains("PARLEY_EMBEDDING_DIMENSION", "3072");
  }

  @Test
  void aNameThatIsNoneIsRefused() {
    assertThat(complaint(Map.of("GOOGLE_API_KEY", "g-1", "GOOGLE_MODEL", "../secrets")))
        .contains("GOOGLE_MODEL");
  }
}
