package io.parley.adapter.ai.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.adapter.ai.local.OnnxEmbedder;
import io.parley.adapter.ai.local.OnnxEmbedderConfig;
import io.parley.domain.conversation.Passage;
import io.parley.domain.port.ai.ChatCompletion.Finish;
import io.parley.domain.port.ai.ChatModel;
import io.parley.domain.port.ai.ChatRequest;
import io.parley.domain.retrieval.SearchHit;
import io.parley.testkit.ai.ChatModelContract;
import io.parley.testkit.ai.PassageSamples;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ExtractiveChatModelTest extends ChatModelContract {
  private static final OnnxEmbedder EMBEDDER = OnnxEmbedder.open(OnnxEmbedderConfig.standard());

  @AfterAll
  static void closeTheEmbedder() {
    EMBEDDER.close();
  }

  @Override
  protected ChatModel open() {
    return ExtractiveChatModel.open(EMBEDDER, EMBEDDER.forAnswers());
  }

  @Test
  void it_is_called_extractive_and_generates_nothing() {
    assertThat(open().name()).isEqualTo("extractive");
    assertThat(open().generative()).isFalse();
  }

  @Test
  void closing_it_leaves_the_embedder_open() {
    open().close();

    assertThat(EMBEDDER.embedQuery("still there")).isNotEmpty();
  }

  @Test
  void an_identifier_that_is_nowhere_is_not_answered_by_its_neighbour() {
    String passage = "Part KX-4471-B is the spring washer. Part KX-4472-A is the hinge.";

    assertThat(answer("What is part KX-4472-A?", passage)).contains("hinge. [1]");
    assertThat(answer("What is part KX-9999-Z?", passage)).isEqualTo("NOTHING_FOUND");
  }

  @Test
  void urdu_and_chinese_are_answered_by_their_words() {
    assertThat(
            answer("کشتی کہاں سے روانہ ہوتی ہے؟", "کشتی بندرگاہ سے روانہ ہوتی ہے۔ موسم اچھا ہے۔"))
        .contains("بندرگاہ");
    assertThat(answer("渡轮什么时候离开港口？", "渡轮中午十二点离开港口。天气很好。")).contains("中午");
  }

  @Test
  void a_broken_line_is_told_whole() {
    String passage =
        "The water content of the honey\nmust not be over\n18 per cent. Wax is sold apart.";

    assertThat(answer("What water content may the honey have?", passage))
        .contains("The water content of the honey must not be over 18 per cent. [1]");
  }

  @Test
  void the_answer_has_at_most_three_sentences() {
    String many =
        IntStream.range(0, 30)
            .mapToObj(i -> "The ferry number " + i + " leaves the harbour at noon.")
            .collect(Collectors.joining(" "));

    assertThat(answer("When does the ferry leave the harbour?", many).lines().count())
        .isBetween(1L, 3L);
  }

  @Test
  void what_another_embedding_model_found_is_judged_anew() {
    ExtractiveChatModel model = ExtractiveChatModel.open(EMBEDDER, EMBEDDER.forAnswers());
    ChatRequest known = PassageSamples.ANSWERED;
    List<Passage> foreign =
        known.passages().stream()
            .map(p -> new Passage(p.number(), new SearchHit(p.hit().found(), 1, -1.0)))
            .toList();
    ChatRequest found = PassageSamples.request(known.question(), foreign);

    assertThat(said(model, found)).isNotEqualTo(said(model, known));
    assertThat(said(model.forForeignHits(), found)).isEqualTo(said(model, known));
  }

  private static String said(ChatModel model, ChatRequest request) {
    StringBuilder text = new StringBuilder();
    model.complete(request, text::append, () -> false);
    return text.toString();
  }

  private String answer(String question, String... passages) {
    StringBuilder text = new StringBuilder();
    ChatRequest request = PassageSamples.request(question, PassageSamples.passages(passages));
    Finish finish = open().complete(request, text::append, () -> false).finish();
    return finish == Finish.STOP ? text.toString() : finish.name();
  }
}
