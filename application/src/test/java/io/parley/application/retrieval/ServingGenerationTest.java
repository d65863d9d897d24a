package io.parley.application.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.port.IdSource;
import io.parley.domain.port.PortFailure;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.Generation;
import io.parley.testkit.memory.InMemoryPersistence;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServingGenerationTest {
  private static final EmbeddingModel FIRST = new EmbeddingModel("openai", "large", 3072);
  private static final EmbeddingModel OTHER = new EmbeddingModel("local", "small", 384);

  private final ServingGeneration serving =
      new ServingGeneration(
          new InMemoryPersistence().generations(), IdSource.random(), InstantSource.system());

  private Generation ofFirst(EmbeddingModel model, String store) {
    return serving.servingOrFirst(model, store, id -> Map.of("index", id.toString()));
  }

  @Test
  void whatIsThereDecidesWhateverIsChosenLater() {
    Generation made = ofFirst(FIRST, "embedded");

    assertThat(made.model()).isEqualTo(FIRST);
    assertThat(made.settings()).containsEntry("index", made.id().toString());
    assertThat(ofFirst(OTHER, "qdrant")).isEqualTo(made);
  }

  @Test
  void anotherStoreIsRefused() {
    ofFirst(FIRST, "embedded");

    assertThatThrownBy(() -> serving.require(FIRST, "qdrant"))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("\"embedded\"");
  }

  @Test
  void anEmbedderOfAnotherModelIsRefused() {
    ofFirst(FIRST, "embedded");

    assertThat(serving.require(FIRST, "embedded").model()).isEqualTo(FIRST);
    assertThatThrownBy(() -> serving.require(OTHER, "embedded"))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("large");
  }
}
