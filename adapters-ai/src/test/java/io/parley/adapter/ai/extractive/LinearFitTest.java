package io.parley.adapter.ai.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LinearFitTest {
  private static final boolean[] FIRST = {true, false};

  @Test
  void what_tells_right_from_wrong_gets_a_weight_and_what_may_not_be_used_gets_none() {
    List<LinearFit.Case> cases =
        List.of(
            new LinearFit.Case(List.of(1.0, 1.0), true),
            new LinearFit.Case(List.of(0.9, 1.0), true),
            new LinearFit.Case(List.of(0.1, 0.0), false),
            new LinearFit.Case(List.of(0.0, 0.0), false));

    double[] weights = LinearFit.logistic(cases, FIRST, 0.01);

    assertThat(weights[0]).isGreaterThan(1);
    assertThat(weights[1]).isZero();
    assertThat(weights[2]).isNegative();
  }

  @Test
  void the_sentence_that_answers_comes_to_stand_first() {
    List<LinearFit.Choice> choices =
        List.of(
            new LinearFit.Choice(
                List.of(List.of(0.2, 0.0), List.of(0.8, 0.0)), new boolean[] {false, true}));

    assertThat(LinearFit.ranking(choices, FIRST, 0.01)[0]).isGreaterThan(1);
  }
}
