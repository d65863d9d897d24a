package io.parley.bootstrap.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parley.domain.retrieval.FoundChunk;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The questions over the sample documents, and when an answer to one of them is right. */
final class SampleQuestions {
  private static final String FOLDER = "/io/parley/testkit/sample/";
  private static final String MORE = "more-tuning-questions.json";

  private SampleQuestions() {}

  /**
   * A question.
   *
   * @param document the file that answers it; empty when none does
   * @param page counts from 1; 0 for files without pages, or when {@code answer} tells the place
   * @param answer words that stand verbatim in the answer's place, blanks aside
   * @param split {@code tune}: to fit on; {@code test}: to report on
   */
  record Asked(
      String question, String document, int page, List<String> answer, String kind, String split) {

    boolean answerable() {
      return !document.isEmpty();
    }

    /** Whether a chunk is from the document and page that answer. */
    boolean answeredBy(FoundChunk found) {
      return found.documentName().value().equals(document)
          && (page == 0 || found.chunk().page() == page);
    }

    /** Whether a text has all the expected words. */
    boolean wordsIn(String text) {
      String plain = plain(text);
      return answer.stream().allMatch(words -> plain.contains(plain(words)));
    }
  }

  /** Those that come with the sample documents, both splits. */
  static List<Asked> all() {
    return read(open("questions.json"));
  }

  /** The {@code tune} split, and further questions that were written for fitting alone. */
  static List<Asked> forFitting() {
    InputStream more = Objects.requireNonNull(SampleQuestions.class.getResourceAsStream(MORE));
    return Stream.concat(
            all().stream().filter(asked -> asked.split().equals("tune")), read(more).stream())
        .toList();
  }

  static List<String> documents() {
    return all().stream().map(Asked::document).filter(d -> !d.isEmpty()).distinct().toList();
  }

  static InputStream open(String name) {
    return Objects.requireNonNull(
        SampleQuestions.class.getResourceAsStream(FOLDER + name), "No sample file " + name);
  }

  static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[\\s|*_`#]+", " ");
  }

  private static List<Asked> read(InputStream in) {
    try (in) {
      JsonNode groups = new ObjectMapper().readTree(in);
      List<Asked> questions = new ArrayList<>();
      groups.forEach(group -> group.forEach(question -> questions.add(asked(question))));
      return questions;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Asked asked(JsonNode question) {
    return new Asked(
        question.get("question").asText(),
        question.path("document").asText(""),
        question.path("page").asInt(0),
        StreamSupport.stream(question.path("answer_contains").spliterator(), false)
            .map(JsonNode::asText)
            .toList(),
        question.get("kind").asText(),
        question.path("split").asText("tune"));
  }
}
