package io.parley.application.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.port.IdSource;
import io.parley.domain.port.PortFailure;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.Generation;
import io.parley.testkit.memory.InMemoryPersistence;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ServingGenerationTest {
  private static final EmbeddingModel FIRST = new EmbeddingModel("openai", "large", 3072);
  private static final EmbeddingModel OTHER = new EmbeddingModel("local", "small", 384);

  private final ServingGeneration serving =
      new ServingGeneration(
          new InMemoryPersistence().generations(), IdSource.random(), InstantSource.system());

  @Test
  void whatIsThereDecidesWhateverIsChosenLater() {
    Generation made = serving.inStore("embedded", FIRST);

    assertThat(made.model()).isEqualTo(FIRST);
    assertThat(serving.inStore("embedded", OTHER)).isEqualTo(made);
  }

  @Test
  void anotherStoreIsRefused() {
    serving.inStore("embedded", FIRST);

    assertThatThrownBy(() -> serving.inStore("qdrant", FIRST))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("\"embedded\"");
  }

  @Test
  void anEmbedderOfAnotherModelIsRefused() {
    serving.inStore("embedded", FIRST);

    assertThat(serving.require(FIRST, "embedded").model()).isEqualTo(FIRST);
    assertThatThrownBy(() -> serving.require(OTHER, "embedded"))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("large");
  }
}
