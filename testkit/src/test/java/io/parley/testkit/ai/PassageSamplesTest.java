package io.parley.testkit.ai;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.conversation.Passage;
import java.util.List;
import org.junit.jupiter.api.Test;

class PassageSamplesTest {
  private static final List<Passage> PASSAGES =
      PassageSamples.passages("One\ntwo. Three.", "Four.");

  @Test
  void sentences_of_their_passages_pass() {
    assertThatCode(() -> PassageSamples.requireVerbatim("One two. [1]\nFour. [2]", PASSAGES))
        .doesNotThrowAnyException();
  }

  @Test
  void words_of_ones_own_are_seen() {
    for (String answer :
        List.of("", "One. [1]", "One two. [2]", "One two.", "One two. [1] And more.")) {
      assertThatThrownBy(() -> PassageSamples.requireVerbatim(answer, PASSAGES))
          .isInstanceOf(AssertionError.class);
    }
  }
}
