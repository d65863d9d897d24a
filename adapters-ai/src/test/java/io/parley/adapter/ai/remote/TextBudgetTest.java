package io.parley.adapter.ai.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextBudgetTest {
  private static final TextBudget BUDGET = new TextBudget(10, 3, 20);

  @Test
  void texts_are_cut_without_breaking_a_character() {
    assertThat(BUDGET.cut("a".repeat(30))).hasSize(20);
    assertThat(BUDGET.cut("é".repeat(30))).hasSize(5);
    assertThat(BUDGET.cut("🙂".repeat(30))).isEqualTo("🙂🙂");
    assertThat(BUDGET.cutForSure("a🙂".repeat(30))).isEqualTo("a🙂a🙂");
    assertThat(BUDGET.cut("short")).isEqualTo("short");
  }

  @Test
  void a_call_has_neither_too_many_texts_nor_too_many_tokens() {
    assertThat(BUDGET.batches(List.of("a", "b", "c", "d")))
        .containsExactly(List.of("a", "b", "c"), List.of("d"));
    assertThat(BUDGET.batches(Collections.nCopies(3, "a".repeat(18)))).hasSize(2);
    assertThat(BUDGET.batches(List.of())).isEmpty();
  }

  @Test
  void a_budget_without_room_is_refused() {
    assertThatThrownBy(() -> new TextBudget(10, 3, 5)).isInstanceOf(IllegalArgumentException.class);
  }
}
