package io.parley.testkit.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.Embedder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Embedder} keeps. Extend it and open yours. */
public abstract class EmbedderContract {

  private static final List<String> TEXTS =
      List.of(
          "The ferry leaves the harbour at noon.",
          "Bread is baked from flour, water and salt.",
          "کتاب میز پر رکھی ہے۔",
          "渡轮中午离开港口。",
          "🙂 a smile, \t tabs\nand\n\nlines",
          "…!?",
          "x");

  /** A fresh embedder; the contract closes it. */
  protected abstract Embedder open();

  @Test
  public void a_vector_has_the_models_dimension_and_length_one() {
    try (Embedder embedder = open()) {
      List<float[]> vectors = new ArrayList<>(embedder.embedPassages(TEXTS));
      vectors.add(embedder.embedQuery("When does the ferry leave?"));

      assertThat(vectors).hasSize(TEXTS.size() + 1);
      for (float[] vector : vectors) {
        assertThat(vector).hasSize(embedder.model().dimension());
        assertThat(Math.sqrt(dot(vector, vector))).isCloseTo(1, within(1e-3));
      }
    }
  }

  @Test
  public void vectors_come_in_the_order_of_their_texts() {
    try (Embedder embedder = open()) {
      List<String> many =
          IntStream.range(0, 40).mapToObj(i -> TEXTS.get(i * 5 % TEXTS.size()) + " " + i).toList();

      List<float[]> together = embedder.embedPassages(many);

      for (int i = 0; i < many.size(); i += 7) {
        float[] alone = embedder.embedPassages(List.of(many.get(i))).getFirst();
        assertThat(dot(together.get(i), alone)).isCloseTo(1, within(1e-3));
      }
    }
  }

  @Test
  public void the_same_text_gives_the_same_vector() {
    try (Embedder embedder = open()) {
      float[] once = embedder.embedQuery("When does the ferry leave?");
      float[] again = embedder.embedQuery("When does the ferry leave?");

      assertThat(dot(once, again)).isCloseTo(1, within(1e-3));
    }
  }

  @Test
  public void a_question_is_nearer_to_what_it_is_about() {
    try (Embedder embedder = open()) {
      float[] question = embedder.embedQuery("the ferry in the harbour");
      List<float[]> passages = embedder.embedPassages(TEXTS.subList(0, 2));

      assertThat(dot(question, passages.get(0))).isGreaterThan(dot(question, passages.get(1)));
    }
  }

  @Test
  public void no_passages_give_no_vectors() {
    try (Embedder embedder = open()) {
      assertThat(embedder.embedPassages(List.of())).isEmpty();
    }
  }

  @Test
  public void a_text_longer_than_the_model_reads_is_cut() {
    try (Embedder embedder = open()) {
      String endless = "the ferry leaves the harbour ".repeat(5_000);

      float[] vector = embedder.embedPassages(List.of(endless)).getFirst();

      assertThat(vector).hasSize(embedder.model().dimension());
      assertThat(embedder.embedQuery(endless)).hasSize(embedder.model().dimension());
    }
  }

  @Test
  public void a_blank_text_is_refused() {
    try (Embedder embedder = open()) {
      assertThatThrownBy(() -> embedder.embedQuery(" \n"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> embedder.embedPassages(List.of("words", "")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  public void many_threads_get_the_vectors_that_one_gets() throws Exception {
    try (Embedder embedder = open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<float[]> expected = embedder.embedPassages(TEXTS);
      List<Callable<Void>> calls = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        calls.add(() -> {
          List<float[]> vectors = embedder.embedPassages(TEXTS);
          for (int t = 0; t < TEXTS.size(); t++) {
            assertThat(dot(vectors.get(t), expected.get(t))).isCloseTo(1, within(1e-3));
          }
          embedder.embedQuery("When?");
          return null;
        });
      }
      for (Future<Void> call : threads.invokeAll(calls)) {
        call.get();
      }
    }
  }

  @Test
  public void a_closed_embedder_may_be_closed_again_and_says_that_it_is_closed() {
    Embedder embedder = open();
    embedder.embedQuery("words");
    embedder.close();
    embedder.close();

    assertThatThrownBy(() -> embedder.embedQuery("words"))
        .isInstanceOfSatisfying(
            PortFailure.class,
            failure -> assertThat(failure.kind()).isEqualTo(PortFailure.Kind.UNAVAILABLE));
    assertThatThrownBy(() -> embedder.embedPassages(TEXTS)).isInstanceOf(PortFailure.class);
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
