package io.parley.testkit.ai;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.document.TextSpan;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpanRulesTest {
  private static final String TEXT = "one two 😀 three";

  @Test
  void good_spans_pass() {
    assertThatCode(() -> SpanRules.check(TEXT, spans(0, 7, 4, 10, 11, 16), 10))
        .doesNotThrowAnyException();
  }

  @Test
  void each_damage_is_seen() {
    refused("not within", 0, 17);
    refused("longer than", 0, 16);
    refused("not after", 4, 10, 0, 7);
    refused("not after", 0, 7, 0, 7);
    refused("blank", 3, 4);
    refused("white space", 0, 4);
    refused("begins within", 0, 7, 9, 16);
    refused("ends within", 0, 9, 10, 16);
    refused("in no span", 0, 7, 11, 16);
    refused("in no span", 0, 7, 8, 15);
  }

  private static void refused(String why, int... bounds) {
    assertThatThrownBy(() -> SpanRules.check(TEXT, spans(bounds), 10))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(why);
  }

  private static List<TextSpan> spans(int... bounds) {
    return java.util.stream.IntStream.range(0, bounds.length / 2)
        .mapToObj(i -> new TextSpan(bounds[2 * i], bounds[2 * i + 1]))
        .toList();
  }
}
