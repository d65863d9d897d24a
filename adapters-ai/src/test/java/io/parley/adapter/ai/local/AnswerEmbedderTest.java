package io.parley.adapter.ai.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.adapter.ai.extractive.ReadText;
import io.parley.domain.port.ai.Embedder;
import io.parley.testkit.ai.EmbedderContract;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class AnswerEmbedderTest extends EmbedderContract {

  @Override
  protected Embedder open() {
    return OnnxEmbedder.open(new OnnxEmbedderConfig(2, 256)).forAnswers();
  }

  @Test
  void a_reading_has_the_texts_vector_and_one_for_each_word() {
    try (OnnxEmbedder embedder = OnnxEmbedder.open(OnnxEmbedderConfig.standard())) {
      ReadText read = embedder.forAnswers().read(List.of("Brackwater's ferry")).getFirst();

      assertThat(read)
          .usingRecursiveComparison()
          .comparingOnlyFields("vector")
          .isEqualTo(new ReadText(embedder.embedQuery("Brackwater's ferry"), List.of()));
      assertThat(read)
          .extracting("words")
          .asInstanceOf(InstanceOfAssertFactories.LIST)
          .extracting("text")
          .containsExactly("brackwater", "'", "s", "ferry");
    }
  }
}
