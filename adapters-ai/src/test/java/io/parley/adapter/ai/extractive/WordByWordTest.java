package io.parley.adapter.ai.extractive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.parley.domain.port.ai.Embedder;
import io.parley.testkit.ai.HashingEmbedder;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WordByWordTest {

  @Test
  void a_word_means_the_same_in_every_text() {
    try (Embedder embedder = new HashingEmbedder(64)) {
      List<ReadText> read =
          new WordByWord(embedder).read(List.of("The ferry leaves.", "No ferry today"));

      assertThat(read.getFirst().words())
          .extracting(ReadText.Word::text)
          .containsExactly("the", "ferry", "leaves");
      ReadText.Word ferry = read.getFirst().words().get(1);
      assertThat(ferry.cosine(read.get(1).words().get(1))).isCloseTo(1, within(1e-5));
      float[] alone = embedder.embedPassages(List.of("ferry")).getFirst();
      assertThat(ferry.cosine(new ReadText.Word("ferry", alone))).isCloseTo(1, within(1e-5));
      assertThat(ferry.cosine(read.getFirst().words().getFirst())).isLessThan(0.9);
      assertThat(read.get(1).cosine(embedder.embedQuery("No ferry today"))).isGreaterThan(0.9);
    }
  }
}
