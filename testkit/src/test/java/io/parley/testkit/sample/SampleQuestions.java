package io.parley.testkit.sample;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code questions.json} holds. */
record SampleQuestions(List<Answerable> answerable, List<Unanswerable> unanswerable) {

  /**
   * @param page from 1; null where the format has no pages
   * @param answerContains words that stand verbatim on that page
   */
  record Answerable(
      String question,
      String document,
      @Nullable Integer page,
      @JsonProperty("answer_contains") List<String> answerContains,
      String kind,
      String split) {

    Answerable onPage(int other) {
      return new Answerable(question, document, other, answerContains, kind, split);
    }

    Answerable asking(String other) {
      return new Answerable(other, document, page, answerContains, kind, split);
    }
  }

  /**
   * @param near the document whose subject a near miss has; null for one from another world
   * @param absent what an answer, or the invented name in the question, would look like; null for
   *     one from another world
   */
  record Unanswerable(
      String question,
      String kind,
      @Nullable String near,
      @Nullable List<String> absent,
      String split) {}

  static SampleQuestions read(Path file) throws IOException {
    return JsonMapper.builder().build().readValue(file.toFile(), SampleQuestions.class);
  }
}
