package io.parley.adapter.ai.gemini;

import io.parley.domain.port.Secret;
import io.parley.domain.port.ai.Embedder;
import io.parley.testkit.ai.EmbedderContract;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The vendor itself, where there is a key. */
@EnabledIfEnvironmentVariable(named = "GOOGLE_API_KEY", matches = ".+")
class GeminiEmbeddingServiceTest extends EmbedderContract {

  @Override
  protected Embedder open() {
    GeminiAccess access = GeminiAccess.of(new Secret(System.getenv("GOOGLE_API_KEY")));
    return GeminiEmbedder.open(
        GeminiEmbedderConfig.of(access, GeminiEmbedderConfig.STANDARD_MODEL, 3072));
  }
}
