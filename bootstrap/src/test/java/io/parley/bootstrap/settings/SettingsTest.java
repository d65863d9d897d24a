package io.parley.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.adapter.web.WebConfig.Environment;
import io.parley.application.account.RegistrationMode;
import io.parley.application.document.ChunkingOptions;
import io.parley.domain.retrieval.GenerationId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @TempDir private Path home;

  @Test
  void nothingSetIsADevelopmentServerOnThisMachine() {
    Settings settings = Settings.read(Map.of(), home);

    assertThat(settings.environment()).isEqualTo(Environment.DEVELOPMENT);
    assertThat(settings.host()).isEqualTo("127.0.0.1");
    assertThat(settings.port()).isEqualTo(8000);
    assertThat(settings.dataDirectory()).isEqualTo(home.resolve("data"));
    assertThat(settings.blobs().directory()).isEqualTo(home.resolve("data/blobs"));
    assertThat(settings.blobs().bucket()).isNull();
    assertThat(settings.database()).isNull();
    assertThat(settings.corsOrigins()).isNull();
    assertThat(settings.uploadLimit()).isEqualTo(10L << 20);
    assertThat(settings.chunking()).isEqualTo(ChunkingOptions.DEFAULT);
    assertThat(settings.registration()).isEqualTo(RegistrationMode.OPEN);
  }

  @Test
  void aCommandCanKeepEverythingApartWhateverIsSet(@TempDir Path own) throws IOException {
    Path url = Files.writeString(home.resolve("url"), "postgresql://u:p@db/name");
    Files.writeString(
        home.resolve(".env"),
        "PARLEY_BLOB_DIR=/elsewhere\nPARLEY_CHUNK_SIZE=500\nPARLEY_BLOB_STORE=s3\nS3_BUCKET_NAME=files\n");

    Settings settings =
        Settings.readApart(
            Map.of("DATABASE_URL_FILE", url.toString(), "PARLEY_DATA_DIR_FILE", url.toString()),
            home,
            own);

    assertThat(settings.database()).isNull();
    assertThat(settings.dataDirectory()).isEqualTo(own);
    assertThat(settings.blobs().directory()).isEqualTo(own.resolve("blobs"));
    assertThat(settings.blobs().bucket()).isNull();
    assertThat(settings.chunking().size()).isEqualTo(500);
  }

  @Test
  void everySettingIsRead() {
    Settings settings =
        Settings.read(
            Map.ofEntries(
                Map.entry("ENVIRONMENT", "production"),
                Map.entry("API_HOST", "::1"),
                Map.entry("API_PORT", "9000"),
                Map.entry("PARLEY_PUBLIC_URL", "https://parley.example.com"),
                Map.entry("CORS_ORIGINS", "https://a.example, https://*.b.example"),
                Map.entry("LOG_LEVEL", "warn"),
                Map.entry("PARLEY_DATA_DIR", home.resolve("d").toString()),
                Map.entry("PARLEY_BLOB_DIR", home.resolve("b").toString()),
                Map.entry("DATABASE_URL", "postgresql+asyncpg://u:p%40ss@db:5433/name"),
                Map.entry("PARLEY_DATABASE_POOL_SIZE", "20"),
                Map.entry("PARLEY_CHUNK_SIZE", "500"),
                Map.entry("PARLEY_CHUNK_OVERLAP", "50"),
                Map.entry("PARLEY_UPLOAD_LIMIT_MB", "64"),
                Map.entry("PARLEY_INGEST_WORKERS", "4"),
                Map.entry("PARLEY_RECONCILE_HOURS", "6"),
                Map.entry("PARLEY_RATE_LIMIT", "0"),
                Map.entry("PARLEY_REGISTRATION", "closed"),
                Map.entry("PARLEY_SETUP_CODE", "let-me-in-please"),
                Map.entry("PARLEY_SIGNING_KEY", "0123456789abcdef0123456789abcdef"),
                Map.entry("PARLEY_SECRET_KEY", "fedcba9876543210fedcba9876543210")),
            home);

    assertThat(settings.environment()).isEqualTo(Environment.PRODUCTION);
    assertThat(settings.host()).isEqualTo("::1");
    assertThat(settings.port()).isEqualTo(9000);
    assertThat(settings.publicUrl()).isEqualTo(URI.create("https://parley.example.com"));
    assertThat(settings.corsOrigins()).containsExactly("https://a.example", "https://*.b.example");
    assertThat(settings.logLevel()).isEqualTo("WARN");
    assertThat(settings.dataDirectory()).isEqualTo(home.resolve("d"));
    assertThat(settings.blobs().directory()).isEqualTo(home.resolve("b"));
    assertThat(settings.database().password().reveal()).isEqualTo("p@ss");
    assertThat(settings.databasePoolSize()).isEqualTo(20);
    assertThat(settings.chunking()).isEqualTo(new ChunkingOptions(500, 50));
    assertThat(settings.uploadLimit()).isEqualTo(64L << 20);
    assertThat(settings.ingestWorkers()).isEqualTo(4);
    assertThat(settings.reconcileEvery()).isEqualTo(Duration.ofHours(6));
    assertThat(settings.rateLimit()).isZero();
    assertThat(settings.registration()).isEqualTo(RegistrationMode.CLOSED);
    assertThat(settings.setupCode().reveal()).isEqualTo("let-me-in-please");
    assertThat(settings.secretKey().reveal()).isEqualTo("fedcba9876543210fedcba9876543210");
    assertThat(settings.toString())
        .doesNotContain("p@ss", "let-me-in", "0123456789abcdef", "fedcba9876543210");
  }

  @ParameterizedTest
  @CsvSource({
    "API_PORT, eighty",
    "API_PORT, 70000",
    "ENVIRONMENT, prod",
    "LOG_LEVEL, LOUD",
    "DEBUG, maybe",
    "PARLEY_PUBLIC_URL, parley.example.com",
    "DATABASE_URL, sqlite:///./data/x.db",
    "DATABASE_URL, mysql://u:p@h/d",
    "PARLEY_BLOB_STORE, shoebox",
    "PARLEY_EMBEDDER, cohere",
    "PARLEY_EMBEDDER, openai",
    "PARLEY_EMBEDDER, gemini",
    "PARLEY_EMBEDDING_DIMENSION, 3072",
    "PARLEY_CHAT_MODEL, openai",
    "PARLEY_CHAT_MODEL, gemini",
    "PARLEY_CHAT_MODEL, local",
    "PARLEY_MODEL_TIMEOUT, 0",
    "OPENAI_BASE_URL, localhost:11434",
    "PARLEY_VECTOR_STORE, shoebox",
    "QDRANT_URL, qdrant:6333",
    "OPENAI_BASE_URL, https://u:p@models.example.com",
    "QDRANT_URL, http://u:p@qdrant:6333",
    "PARLEY_CHUNK_OVERLAP, 400",
    "PARLEY_UPLOAD_LIMIT_MB, 0",
    "PARLEY_REGISTRATION, maybe",
    "PARLEY_SETUP_CODE, short",
    "PARLEY_SIGNING_KEY, short",
    "PARLEY_SECRET_KEY, short"
  })
  void aWrongSettingStopsTheStartWithOneLineThatNamesIt(String name, String value) {
    assertThatThrownBy(() -> Settings.read(Map.of(name, value), home))
        .isInstanceOf(WrongSetting.class)
        .hasMessageContaining(name)
        .message()
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource({"Parley_Index", "parley-", "a-name-that-is-one-letter-too-big"})
  void theNameOfAnIndexCountsOnlyWherePineconeIs(String name) {
    Map<String, String> set = Map.of("PINECONE_INDEX_NAME", name);
    Map<String, String> used = Map.of("PINECONE_INDEX_NAME", name, "PINECONE_API_KEY", "key");

    assertThat(Settings.read(set, home).vectors().chosen()).isEqualTo("embedded");
    assertThatThrownBy(() -> Settings.read(used, home))
        .isInstanceOf(WrongSetting.class)
        .hasMessageContaining("PINECONE_INDEX_NAME");
  }

  @Test
  void theLongestPrefixMakesANameThatPineconeTakes() {
    String prefix = "a".repeat(32);
    VectorSettings vectors =
        Settings.read(Map.of("PINECONE_INDEX_NAME", prefix, "PINECONE_API_KEY", "key"), home)
            .vectors();

    assertThat(vectors.pineconeIndexOf(new GenerationId(UUID.randomUUID())))
        .startsWith(prefix + "-")
        .hasSize(45);
  }

  @ParameterizedTest
  @CsvSource({
    "qdrant, QDRANT_URL",
    "pinecone, PINECONE_API_KEY",
  })
  void aVectorStoreThatIsNamedNeedsItsAddressOrKey(String store, String missing) {
    assertThatThrownBy(() -> Settings.read(Map.of("PARLEY_VECTOR_STORE", store), home))
        .isInstanceOf(WrongSetting.class)
        .hasMessageStartingWith(missing);
  }

  @Test
  void unsetTheVectorStoreFollowsWhatCanBeReached() {
    Map<String, String> qdrant = Map.of("QDRANT_URL", "http://localhost:6333");
    Map<String, String> both = Map.of("QDRANT_URL", "http://q", "PINECONE_API_KEY", "pc-key");

    assertThat(Settings.read(Map.of(), home).vectors().chosen()).isEqualTo("embedded");
    assertThat(Settings.read(qdrant, home).vectors().chosen()).isEqualTo("qdrant");
    assertThat(Settings.read(both, home).vectors().chosen()).isEqualTo("pinecone");
    assertThat(Settings.read(both, home).toString()).doesNotContain("pc-key");
    assertThat(Settings.readApart(both, home, home).vectors().chosen()).isEqualTo("embedded");
  }

  @Test
  void aHostingPlatformsPortOpensTheServerToOthers() {
    Settings settings = Settings.read(Map.of("PORT", "10000"), home);

    assertThat(settings.host()).isEqualTo("0.0.0.0");
    assertThat(settings.port()).isEqualTo(10000);
  }

  @Test
  void theEnvironmentGoesBeforeFilesAndNarrowerFilesBeforeWiderOnes() throws IOException {
    Files.writeString(
        home.resolve(".env"), "API_PORT=1\nLOG_LEVEL=ERROR\nAPI_HOST=h0\nENVIRONMENT=staging\n");
    Files.writeString(home.resolve(".env.local"), "API_PORT=2\nLOG_LEVEL=WARN\n");
    Files.writeString(home.resolve(".env.staging"), "API_PORT=3\n");

    assertThat(Settings.read(Map.of(), home).port()).isEqualTo(3);
    assertThat(Settings.read(Map.of(), home).logLevel()).isEqualTo("WARN");
    assertThat(Settings.read(Map.of(), home).host()).isEqualTo("h0");
    assertThat(Settings.read(Map.of("API_PORT", "4"), home).port()).isEqualTo(4);
  }

  @Test
  void aSecretMayComeFromAFile() throws IOException {
    Path file = home.resolve("code");
    Files.writeString(file, "from-a-file\n");

    Settings settings = Settings.read(Map.of("PARLEY_SETUP_CODE_FILE", file.toString()), home);

    assertThat(settings.setupCode().reveal()).isEqualTo("from-a-file");
    assertThatThrownBy(() -> Settings.read(Map.of("PARLEY_SETUP_CODE_FILE", "/nowhere"), home))
        .isInstanceOf(WrongSetting.class)
        .hasMessageContaining("PARLEY_SETUP_CODE");
  }
}
