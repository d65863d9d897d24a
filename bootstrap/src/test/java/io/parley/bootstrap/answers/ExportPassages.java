package io.parley.bootstrap.answers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.domain.retrieval.SearchHit;
import io.parley.domain.retrieval.SearchMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes what the whole of Parley finds for each question that may be fitted on, as JSON, for
 * {@code FitWeights} of the models' module. docs/quality.md has the commands.
 */
final class ExportPassages {
  private static final int PASSAGES = 8;

  private ExportPassages() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    ArrayNode questions = new ObjectMapper().createArrayNode();
    try (SampleBot bot = SampleBot.open(Files.createTempDirectory("parley-passages"))) {
      SampleQuestions.forFitting().forEach(asked -> export(bot, asked, questions.addObject()));
    }
    new ObjectMapper().writeValue(Path.of(arguments[0]).toFile(), questions);
  }

  private static void export(SampleBot bot, SampleQuestions.Asked asked, ObjectNode to) {
    to.put("question", asked.question()).put("kind", asked.kind());
    ArrayNode answer = to.putArray("answer");
    asked.answer().forEach(answer::add);
    ArrayNode passages = to.putArray("passages");
    for (SearchHit hit : bot.found(asked.question(), PASSAGES, SearchMode.HYBRID)) {
      var chunk = hit.found().chunk();
      passages
          .addObject()
          .put("document", hit.found().documentName().value())
          .put("context", chunk.context() == null ? "" : chunk.context())
          .put("content", chunk.content())
          .put("score", hit.score())
          .put("cosine", hit.cosine())
          .put("right", right(asked, hit));
    }
  }

  /** Of a file without pages, only the chunk with the words is a right place to fit on. */
  private static boolean right(SampleQuestions.Asked asked, SearchHit hit) {
    return asked.answerable()
        && asked.answeredBy(hit.found())
        && (asked.page() > 0 || asked.wordsIn(hit.found().chunk().content()));
  }
}
