package io.parley.adapter.ai.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.embedding.onnx.OnnxEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.Embedder;
import io.parley.testkit.ai.EmbedderContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxEmbedderTest extends EmbedderContract {

  @Override
  protected Embedder open() {
    return OnnxEmbedder.open(new OnnxEmbedderConfig(2, 256));
  }

  @Test
  void vectors_agree_with_those_of_langchain4j(@TempDir Path files) throws Exception {
    Path model = Files.write(files.resolve("model.onnx"), ModelFiles.model());
    Path tokenizer = files.resolve("tokenizer.json");
    try (var in = getClass().getResourceAsStream("/all-minilm-l6-v2-q-tokenizer.json")) {
      Files.copy(in, tokenizer);
    }
    OnnxEmbeddingModel theirs =
        new OnnxEmbeddingModel(model.toString(), tokenizer.toString(), PoolingMode.MEAN);

    try (Embedder ours = open()) {
      List<float[]> vectors = ours.embedPassages(ReferenceTexts.ALL);
      for (int i = 0; i < vectors.size(); i++) {
        float[] expected = theirs.embed(ReferenceTexts.ALL.get(i)).content().vector();
        assertThat(dot(vectors.get(i), expected))
            .as(ReferenceTexts.ALL.get(i))
            .isGreaterThan(0.999);
        assertThat(dot(ours.embedQuery(ReferenceTexts.ALL.get(i)), expected)).isGreaterThan(0.999);
      }
    }
  }

  @Test
  void closing_waits_for_the_text_that_is_being_read_and_ends_the_rest() throws Exception {
    Embedder embedder = open();
    embedder.embedPassages(List.of("warm"));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch started = new CountDownLatch(1);
      Future<?> batch =
          threads.submit(() -> {
            started.countDown();
            return embedder.embedPassages(Collections.nCopies(100_000, "a few words"));
          });
      started.await();
      embedder.close();

      assertThatThrownBy(batch::get).hasCauseInstanceOf(PortFailure.class);
    }
  }

  @Test
  void the_sentences_of_an_answer_wait_for_no_document() throws Exception {
    OnnxEmbedder embedder = OnnxEmbedder.open(new OnnxEmbedderConfig(2, 256));
    List<String> sentences = Collections.nCopies(30, "She sails at dawn.");
    List<float[]> alone = embedder.embedPassages(sentences);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> document =
          threads.submit(() ->
              embedder.embedPassages(Collections.nCopies(1_000_000, "a few words of a document")));

      List<float[]> meanwhile = embedder.forAnswers().embedPassages(sentences);

      assertThat(document.isDone()).isFalse();
      embedder.close();
      assertThatThrownBy(document::get).hasCauseInstanceOf(PortFailure.class);
      for (int i = 0; i < sentences.size(); i++) {
        assertThat(dot(meanwhile.get(i), alone.get(i))).isGreaterThan(0.999);
      }
    }
  }

  @Test
  void an_interrupted_caller_stops_the_batch() throws Exception {
    try (Embedder embedder = open()) {
      CountDownLatch ended = new CountDownLatch(1);
      Thread caller =
          Thread.startVirtualThread(() -> {
            try {
              embedder.embedPassages(Collections.nCopies(100_000, "a few words"));
            } catch (PortFailure expected) {
              ended.countDown();
            }
          });
      caller.interrupt();
      ended.await();

      assertThat(embedder.embedQuery("still here")).hasSize(384);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 256", "257, 256", "1, 7", "1, 513"})
  void a_config_out_of_bounds_is_refused(int threads, int maxTokens) {
    assertThatThrownBy(() -> new OnnxEmbedderConfig(threads, maxTokens))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_standard_config_uses_every_core_and_256_tokens() {
    OnnxEmbedderConfig standard = OnnxEmbedderConfig.standard();

    assertThat(standard.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(standard.maxTokens()).isEqualTo(256);
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
