package io.parley.adapter.ai.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.adapter.ai.remote.TestLimits;
import io.parley.domain.port.Secret;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.testkit.server.ModelServer;
import io.parley.testkit.server.RemoteEmbedderContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeminiEmbedderTest extends RemoteEmbedderContract {

  @Override
  protected Embedder open(ModelServer on, String key, Duration longestSilence) {
    return GeminiEmbedder.open(
        new GeminiEmbedderConfig(
            new GeminiAccess(on.geminiUrl(), new Secret(key)),
            new EmbeddingModel("gemini", modelName(), 768),
            TestLimits.of(longestSilence)));
  }

  @Override
  protected String modelName() {
    return "gemini-embedding-001";
  }

  @Override
  protected boolean saysWhichIsWhich() {
    return false;
  }

  @Test
  void it_says_what_is_a_passage_and_what_a_question() {
    try (ModelServer server = ModelServer.start();
        Embedder embedder = open(server, "k", Duration.ofSeconds(20))) {
      embedder.embedPassages(List.of("words"));
      embedder.embedQuery("words");

      assertThat(server.received().get(0).body()).contains("RETRIEVAL_DOCUMENT");
      assertThat(server.received().get(1).body()).contains("RETRIEVAL_QUERY");
    }
  }
}
