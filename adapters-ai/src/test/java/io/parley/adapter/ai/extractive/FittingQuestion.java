package io.parley.adapter.ai.extractive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parley.domain.conversation.Passage;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.SourceType;
import io.parley.domain.document.TextSpan;
import io.parley.domain.document.VersionRef;
import io.parley.domain.retrieval.FoundChunk;
import io.parley.domain.retrieval.SearchHit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * A question with the passages that the whole of Parley found for it.
 *
 * @param answer words that the answering sentence holds, blanks aside; none for a question that
 *     nothing answers
 * @param places the numbers of the passages from the page that answers
 */
record FittingQuestion(
    String text, String kind, List<String> answer, List<Passage> passages, Set<Integer> places) {

  /** As {@code ExportPassages} wrote them. */
  static List<FittingQuestion> read(Path file) throws IOException {
    List<FittingQuestion> questions = new ArrayList<>();
    for (JsonNode question : new ObjectMapper().readTree(file.toFile())) {
      questions.add(of(question));
    }
    return questions;
  }

  private static FittingQuestion of(JsonNode question) {
    List<Passage> passages = new ArrayList<>();
    Set<Integer> places = new HashSet<>();
    for (JsonNode passage : question.get("passages")) {
      int number = passages.size() + 1;
      passages.add(new Passage(number, hit(passage, number)));
      if (passage.get("right").asBoolean()) {
        places.add(number);
      }
    }
    List<String> answer = new ArrayList<>();
    question.get("answer").forEach(words -> answer.add(plain(words.asText())));
    return new FittingQuestion(
        question.get("question").asText(), question.get("kind").asText(), answer, passages, places);
  }

  private static SearchHit hit(JsonNode passage, int number) {
    VersionRef ref = new VersionRef(new SourceId(new UUID(20, 26)), 1);
    String content = passage.get("content").asText();
    String context = passage.get("context").asText();
    TextSpan span = new TextSpan(0, content.length());
    Chunk chunk = new Chunk(ChunkId.of(ref, number), ref, number, 1, span, context, content);
    DocumentName name = DocumentName.of(passage.get("document").asText());
    JsonNode cosine = passage.get("cosine");
    return new SearchHit(
        new FoundChunk(chunk, SourceType.DOCUMENT, name, null, Metadata.EMPTY),
        passage.get("score").asDouble(),
        cosine.isNull() ? null : cosine.asDouble());
  }

  boolean answerable() {
    return !answer.isEmpty();
  }

  /** Whether a sentence holds the whole answer. */
  boolean told(Candidate sentence) {
    String plain = plain(sentence.text());
    return answerable() && answer.stream().allMatch(plain::contains);
  }

  /** Whether a sentence is from the page that answers. */
  boolean placed(Candidate sentence) {
    return places.contains(sentence.passage());
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[\\s|*_`#]+", " ");
  }
}
