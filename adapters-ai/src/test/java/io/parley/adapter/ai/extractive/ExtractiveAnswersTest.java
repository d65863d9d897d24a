package io.parley.adapter.ai.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.adapter.ai.local.OnnxEmbedder;
import io.parley.adapter.ai.local.OnnxEmbedderConfig;
import io.parley.adapter.ai.splitting.RecursiveTextSplitter;
import io.parley.domain.conversation.Passage;
import io.parley.domain.port.ai.Embedder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Answers over the sample documents, the half of the questions that no weight was fitted on. Floors
 * stand a little under what was measured; they are no claim that this is good.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExtractiveAnswersTest {
  private final Map<String, Rate> rates = new TreeMap<>();

  @BeforeAll
  void askEverything() {
    try (Embedder embedder = OnnxEmbedder.open(OnnxEmbedderConfig.standard())) {
      SampleRetrieval retrieval =
          new SampleRetrieval(embedder, new RecursiveTextSplitter(), SampleLibrary.pages());
      SentenceChooser chooser = new SentenceChooser(embedder, Weights.FITTED);
      for (SampleLibrary.Asked asked : SampleLibrary.questions()) {
        List<Passage> passages = retrieval.top(asked.question(), 8);
        count(asked, chooser.choose(asked.question(), passages), passages);
      }
    }
    rates.forEach((name, rate) -> System.out.println("RATE " + name + ": " + rate));
  }

  private void count(SampleLibrary.Asked asked, List<Candidate> chosen, List<Passage> passages) {
    String half = asked.tune() ? "tune " : "test ";
    if (!asked.answerable()) {
      rate(half + asked.kind() + " refused").add(chosen.isEmpty());
      return;
    }
    for (String group : List.of("all", asked.kind())) {
      rate(half + group + " words right").add(AnswerCheck.right(asked, chosen, passages));
      rate(half + group + " page right").add(AnswerCheck.pageRight(asked, chosen, passages));
      rate(half + group + " retrieved")
          .add(passages.stream().anyMatch(p -> AnswerCheck.at(asked, p)));
    }
  }

  private Rate rate(String name) {
    return rates.computeIfAbsent(name, _ -> new Rate());
  }

  @Test
  void questions_in_the_documents_own_words_are_answered_from_the_right_page() {
    assertThat(rates.get("test fact page right").share()).isGreaterThanOrEqualTo(0.86);
    assertThat(rates.get("test name_or_number page right").share()).isGreaterThanOrEqualTo(0.86);
    assertThat(rates.get("test all words right").share()).isGreaterThanOrEqualTo(0.5);
  }

  @Test
  void questions_about_something_else_are_refused() {
    assertThat(rates.get("test off_topic refused").share()).isGreaterThanOrEqualTo(0.9);
    assertThat(rates.get("test near_miss refused").share()).isGreaterThanOrEqualTo(0.5);
  }

  @Test
  void a_wrong_answer_is_seen_as_wrong() {
    SampleLibrary.Asked asked = SampleLibrary.questions().getFirst();

    assertThat(AnswerCheck.right(asked, List.of(), List.of())).isFalse();
    assertThat(AnswerCheck.holds(asked, "Some other sentence.")).isFalse();
    assertThat(AnswerCheck.holds(asked, String.join(" ", new ArrayList<>(asked.answer()))))
        .isTrue();
  }

  private static final class Rate {
    private int right;
    private int all;

    void add(boolean good) {
      right += good ? 1 : 0;
      all++;
    }

    double share() {
      return (double) right / all;
    }

    @Override
    public String toString() {
      return right + " of " + all;
    }
  }
}
