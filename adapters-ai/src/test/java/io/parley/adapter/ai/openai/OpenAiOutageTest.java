package io.parley.adapter.ai.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.adapter.ai.remote.CallLimits;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Secret;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.testkit.server.Fault;
import io.parley.testkit.server.ModelServer;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A vendor that is down, or sits behind an address that says too much. */
class OpenAiOutageTest {
  private static final CallLimits PATIENT =
      new CallLimits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          2,
          Duration.ofSeconds(30));

  private static Embedder open(URI url) {
    return OpenAiEmbedder.open(
        new OpenAiEmbedderConfig(
            new OpenAiAccess(url, new Secret("key")),
            new EmbeddingModel("openai", "text-embedding-3-large", 256),
            PATIENT));
  }

  private static PortFailure failure(Embedder embedder) {
    return catchThrowableOfType(PortFailure.class, () -> embedder.embedQuery("words"));
  }

  @Test
  void aVendorThatIsLeftAloneIsNotWaitedFor() {
    try (ModelServer server = ModelServer.start();
        Embedder embedder = open(server.openAiUrl())) {
      for (int i = 0; i < 6; i++) {
        server.onEmbeddings(new Fault.Refuses(503, ""));
      }
      failure(embedder);
      failure(embedder);

      PortFailure refused = failure(embedder);

      assertThat(server.received()).hasSize(6);
      assertThat(refused.sentence()).contains("left alone");
      assertThat(refused.retryAfter()).isPresent();
    }
  }

  @Test
  void aPasswordInTheAddressIsNotSaid() {
    try (ModelServer server = ModelServer.start()) {
      server.onEmbeddings(new Fault.Refuses(400, ""));
      URI url = server.openAiUrl();
      String spoken = url.toString().replace("http://", "http://someone:hush@");

      try (Embedder embedder = open(URI.create(spoken))) {
        PortFailure failure = failure(embedder);

        assertThat(failure.backend() + failure.sentence())
            .contains(url.getHost() + ":" + url.getPort())
            .doesNotContain("someone", "hush");
      }
    }
  }
}
