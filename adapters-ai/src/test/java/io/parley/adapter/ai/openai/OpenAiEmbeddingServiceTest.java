package io.parley.adapter.ai.openai;

import io.parley.domain.port.Secret;
import io.parley.domain.port.ai.Embedder;
import io.parley.testkit.ai.EmbedderContract;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The vendor itself, where there is a key. */
@EnabledIfEnvironmentVariable(named = "OPENAI_API_KEY", matches = ".+")
class OpenAiEmbeddingServiceTest extends EmbedderContract {

  @Override
  protected Embedder open() {
    OpenAiAccess access = OpenAiAccess.of(new Secret(System.getenv("OPENAI_API_KEY")));
    return OpenAiEmbedder.open(
        OpenAiEmbedderConfig.of(access, OpenAiEmbedderConfig.STANDARD_MODEL, 3072));
  }
}
