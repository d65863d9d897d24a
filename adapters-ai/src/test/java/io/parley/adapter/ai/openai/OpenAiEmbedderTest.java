package io.parley.adapter.ai.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.adapter.ai.remote.TestLimits;
import io.parley.domain.port.Secret;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.testkit.server.ModelServer;
import io.parley.testkit.server.RemoteEmbedderContract;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OpenAiEmbedderTest extends RemoteEmbedderContract {

  @Override
  protected Embedder open(ModelServer on, String key, Duration longestSilence) {
    return open(on, key, modelName(), 256, longestSilence);
  }

  private static Embedder open(
      ModelServer on, String key, String model, int dimension, Duration silence) {
    return OpenAiEmbedder.open(
        new OpenAiEmbedderConfig(
            new OpenAiAccess(on.openAiUrl(), new Secret(key)),
            new EmbeddingModel("openai", model, dimension),
            TestLimits.of(silence)));
  }

  @Override
  protected String modelName() {
    return "text-embedding-3-large";
  }

  @Override
  protected boolean saysWhichIsWhich() {
    return true;
  }

  @Test
  void only_models_that_can_be_shortened_are_asked_for_a_dimension() {
    Duration patience = Duration.ofSeconds(20);
    try (ModelServer server = ModelServer.start();
        Embedder large = open(server, "k", "text-embedding-3-large", 3072, patience);
        Embedder other = open(server, "k", "nomic-embed-text", 768, patience)) {
      assertThat(large.embedQuery("words")).hasSize(3072);
      assertThat(other.embedQuery("words")).hasSize(768);

      assertThat(server.received().get(0).body()).contains("\"dimensions\":3072");
      assertThat(server.received().get(1).body()).doesNotContain("dimensions");
    }
  }
}
