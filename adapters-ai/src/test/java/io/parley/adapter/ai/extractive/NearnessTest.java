package io.parley.adapter.ai.extractive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NearnessTest {

  @Test
  void the_best_are_compared_with_the_others() {
    Nearness nearness = Nearness.of(List.of(0.2, 0.6, 0.4), List.of(0.1, 0.7, 0.3, 0.5, 0.2));

    assertThat(nearness.passage()).isEqualTo(0.6);
    assertThat(nearness.passageMargin()).isCloseTo(0.3, within(1e-9));
    assertThat(nearness.sentence()).isEqualTo(0.7);
    assertThat(nearness.sentences()).isCloseTo(0.5, within(1e-9));
    assertThat(nearness.sentenceMargin()).isCloseTo(0.4, within(1e-9));
  }

  @Test
  void one_passage_of_one_sentence_has_nothing_to_be_above() {
    assertThat(Nearness.of(List.of(0.6), List.of(0.7)).features())
        .containsExactly(0.6, 0.0, 0.7, 0.7, 0.0);
  }
}
