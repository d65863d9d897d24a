package io.parley.testkit.ai;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.port.ai.Embedder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashingEmbedderTest extends EmbedderContract {
  @Override
  protected Embedder open() {
    return new HashingEmbedder(384);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3072, 4096})
  void any_dimension_will_do(int dimension) {
    try (Embedder embedder = new HashingEmbedder(dimension)) {
      assertThat(embedder.embedQuery("one two three")).hasSize(dimension);
    }
  }

  @Test
  void the_same_text_has_the_same_vector_in_every_process() {
    try (Embedder embedder = new HashingEmbedder(8)) {
      assertThat(embedder.embedQuery("ferry")).containsExactly(0, 0, -1, 0, 0, 0, 0, 0);
    }
  }
}
