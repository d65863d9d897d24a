package io.parley.bootstrap.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parley.application.conversation.ShownMessage;
import io.parley.bootstrap.answers.SampleQuestions.Asked;
import io.parley.domain.conversation.Citation;
import io.parley.domain.retrieval.SearchHit;
import io.parley.domain.retrieval.SearchMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks every sample question through everything that answers with nothing configured. The floors
 * hold for the questions that nothing was fitted on, and stand a little under what was measured;
 * docs/quality.md has the whole table and says where it is not good.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AnswerQualityTest {
  private static final int DEEPEST = 8;

  private final Rates rates = new Rates();

  @BeforeAll
  void askEverything(@TempDir Path directory) throws IOException, InterruptedException {
    try (SampleBot bot = SampleBot.open(directory)) {
      for (Asked asked : SampleQuestions.all()) {
        if (asked.answerable()) {
          retrieve(bot, asked);
        }
        count(asked, bot.bot().ask(asked.question()).answer());
      }
    }
    System.out.print(rates.table());
  }

  private void retrieve(SampleBot bot, Asked asked) {
    for (SearchMode mode : SearchMode.values()) {
      List<SearchHit> hits = bot.found(asked.question(), DEEPEST, mode);
      for (int top : List.of(1, 3, DEEPEST)) {
        boolean found = hits.stream().limit(top).anyMatch(hit -> asked.answeredBy(hit.found()));
        rates.add(name(asked, mode.name().toLowerCase(Locale.ROOT) + " top " + top), found);
      }
    }
  }

  private void count(Asked asked, ShownMessage answer) {
    List<Citation> citations = answer.citations();
    if (!asked.answerable()) {
      rates.add(name(asked, "refused"), citations.isEmpty());
      return;
    }
    rates.add(name(asked, "right page cited"), rightPage(asked, citations));
    rates.add(name(asked, "right page and words cited"), rightWords(asked, citations));
    rates.add(
        name(asked, "answered from wrong pages alone"),
        !citations.isEmpty() && !rightPage(asked, citations));
  }

  private static boolean rightPage(Asked asked, List<Citation> citations) {
    return citations.stream().anyMatch(citation -> asked.answeredBy(citation.source()));
  }

  private static boolean rightWords(Asked asked, List<Citation> citations) {
    String quotes = citations.stream().map(Citation::quote).collect(Collectors.joining(" "));
    return rightPage(asked, citations) && asked.wordsIn(quotes);
  }

  private static String name(Asked asked, String what) {
    return asked.split() + " " + asked.kind() + ": " + what;
  }

  @Test
  void questions_in_the_documents_own_words_are_answered_from_the_right_page() {
    assertThat(rates.of("test fact: right page cited")).isGreaterThanOrEqualTo(0.9);
    assertThat(rates.of("test name_or_number: right page cited")).isGreaterThanOrEqualTo(0.8);
  }

  @Test
  void questions_about_something_else_are_refused() {
    assertThat(rates.of("test off_topic: refused")).isGreaterThanOrEqualTo(0.8);
    assertThat(rates.of("test near_miss: refused")).isGreaterThanOrEqualTo(0.45);
  }

  @Test
  void the_right_page_is_among_the_passages() {
    assertThat(rates.of("test fact: hybrid top 8")).isGreaterThanOrEqualTo(0.93);
    assertThat(rates.of("test name_or_number: hybrid top 8")).isGreaterThanOrEqualTo(0.93);
    assertThat(rates.of("test paraphrase: hybrid top 8")).isGreaterThanOrEqualTo(0.7);
  }

  @Test
  void a_wrong_answer_is_seen_as_wrong() {
    Asked asked = SampleQuestions.all().getFirst();

    assertThat(rightPage(asked, List.of())).isFalse();
    assertThat(asked.wordsIn("Some other sentence.")).isFalse();
    assertThat(asked.wordsIn(String.join(" ", asked.answer()))).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> rates.of("test fcat: refused"));
  }

  @Test
  void no_question_of_the_test_half_is_fitted_on() {
    List<String> fitted = SampleQuestions.forFitting().stream().map(Asked::question).toList();

    assertThat(SampleQuestions.all())
        .filteredOn(asked -> asked.split().equals("test"))
        .extracting(Asked::question)
        .doesNotContainAnyElementsOf(fitted);
  }
}
