package io.parley.adapter.ai.extractive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.parley.adapter.ai.extractive.ReadText.Word;
import io.parley.testkit.ai.PassageSamples;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class LateInteractionTest {
  private static final Offset<Double> CLOSE = within(1e-6);
  private static final Word FERRY = word("ferry", 1, 0, 0);
  private static final Word CAPTAIN = word("captain", 0, 1, 0);
  private static final Word SKIPPER = word("skipper", 0, 0.8f, 0.6f);
  private static final Word NOON = word("noon", 0, 0, 1);
  private static final Word STOP = word(".", 0, 1, 0);
  private static final ReadText ASKED = read(word("the", 0, 0, 1), FERRY, CAPTAIN);

  private static Word word(String text, float... meaning) {
    return new Word(text, meaning);
  }

  private static ReadText read(Word... words) {
    return new ReadText(new float[3], List.of(words));
  }

  /** Each text is a passage of one sentence or more. */
  private static LateInteraction interaction(
      String question, List<String> passages, ReadText... told) {
    List<Candidate> candidates =
        Candidate.of(PassageSamples.passages(passages.toArray(String[]::new)));
    assertThat(candidates).hasSameSizeAs(told);
    return new LateInteraction(Question.of(question), ASKED, candidates, Arrays.asList(told));
  }

  private static double told(String name, List<Double> features) {
    return features.get(LateInteraction.FEATURES.indexOf(name));
  }

  @Test
  void another_word_for_the_same_counts_and_the_missing_word_shows() {
    LateInteraction words =
        interaction(
            "the ferry captain",
            List.of("A skipper has a ferry.", "A ferry goes at noon."),
            read(SKIPPER, FERRY),
            read(FERRY, NOON, STOP));

    assertThat(told("leastMeantAround", words.features(0))).isCloseTo(0.8, CLOSE);
    assertThat(told("leastMeantAround", words.features(1))).isCloseTo(0, CLOSE);
    assertThat(told("meant", words.features(0))).isGreaterThan(told("meant", words.features(1)));
  }

  @Test
  void a_word_that_few_sentences_mean_weighs_more() {
    LateInteraction words =
        interaction(
            "the ferry captain",
            List.of("A captain sleeps here.", "A ferry goes at noon.", "A ferry is at sea."),
            read(CAPTAIN),
            read(FERRY),
            read(FERRY));

    assertThat(told("meant", words.features(0))).isGreaterThan(0.5);
    assertThat(told("meant", words.features(1))).isLessThan(0.5);
  }

  @Test
  void around_is_the_best_of_the_sentences_of_the_same_passage() {
    LateInteraction words =
        interaction(
            "the ferry captain",
            List.of("A captain sleeps here. A ferry goes at noon.", "Nothing is at noon."),
            read(CAPTAIN),
            read(FERRY),
            read(NOON));

    assertThat(told("meantAround", words.features(0))).isCloseTo(1, CLOSE);
    assertThat(told("meantAround", words.features(1))).isCloseTo(1, CLOSE);
    assertThat(told("meantAround", words.features(2))).isCloseTo(0, CLOSE);
  }

  @Test
  void the_topic_is_what_is_asked_about_the_names() {
    LateInteraction words =
        interaction("Has the Ferry a captain?", List.of("A ferry goes at noon."), read(FERRY));

    assertThat(told("meant", words.features(0))).isPositive();
    assertThat(told("topicMeant", words.features(0))).isCloseTo(0, CLOSE);
  }

  @Test
  void a_sentence_without_a_word_means_nothing() {
    LateInteraction words =
        interaction("the ferry captain", List.of("A ferry goes at noon."), read());

    assertThat(words.features(0)).containsOnly(0.0);
  }
}
