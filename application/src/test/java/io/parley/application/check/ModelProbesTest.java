package io.parley.application.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.application.Bent;
import io.parley.application.PlainTextExtractor;
import io.parley.domain.conversation.TokenUsage;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.ai.ChatCompletion;
import io.parley.domain.port.ai.ChatModel;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.port.ai.ExtractionResult;
import io.parley.domain.port.ai.ReaderIsolation;
import io.parley.domain.port.ai.TextExtractor;
import io.parley.domain.port.ai.Transcriber;
import io.parley.domain.port.ai.Transcription;
import io.parley.testkit.ai.HashingEmbedder;
import io.parley.testkit.ai.ScriptedChatModel;
import io.parley.testkit.ai.ScriptedTranscriber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each thing that is tried on models and on the reader of files is shown to fail once. */
class ModelProbesTest {

  private static Tried embedder(String method, Bent.Bend bend) {
    Embedder sound = new HashingEmbedder(256);
    return Tried.on(
        new EmbedderProbe(Tried.SUBJECT, () -> Bent.port(Embedder.class, sound, method, bend)));
  }

  private static Tried extractor(String method, Bent.Bend bend) {
    TextExtractor apart =
        Bent.port(TextExtractor.class, readingBroken(), "tryIsolation", (_, _) -> isolation());
    return Tried.on(
        new TextExtractorProbe(
            Tried.SUBJECT, () -> Bent.port(TextExtractor.class, apart, method, bend)));
  }

  /** Tells a PDF, which it cannot read, from a text. */
  private static TextExtractor readingBroken() {
    return Bent.port(
        TextExtractor.class,
        new PlainTextExtractor(),
        "extract",
        (arguments, right) ->
            arguments[1].toString().equals("PDF")
                ? new ExtractionResult.Unreadable(ExtractionResult.Cause.BROKEN, "It is broken.")
                : right.call());
  }

  private static ReaderIsolation isolation() {
    return new ReaderIsolation(true, true, List.of(), Set.of(), 256);
  }

  @SuppressWarnings("unchecked")
  private static List<float[]> vectors(Object found) {
    return new ArrayList<>((List<float[]>) found);
  }

  @Test
  void soundOnesPass() {
    embedder("none", (_, right) -> right.call()).assertSound();
    extractor("none", (_, right) -> right.call()).assertSound();
    Tried.on(
            new ChatModelProbe(
                Tried.SUBJECT,
                IdSource.random(),
                () -> new ScriptedChatModel("m", "Ada", " Brandt")))
        .assertSound();
  }

  @Test
  void anEmbeddingOfAnotherDimensionIsNoticed() {
    embedder("embedQuery", (_, _) -> new float[] {1, 0})
        .assertFails("embed a question", "one of 2 came");
  }

  @Test
  void anEmbeddingThatIsNoNumberIsNoticed() {
    embedder(
            "embedQuery",
            (_, right) -> {
              float[] vector = (float[]) right.call();
              vector[3] = Float.NaN;
              return vector;
            })
        .assertFails("embed a question", "no number");
  }

  @Test
  void anEmbeddingOfAnotherLengthIsNoticed() {
    embedder(
            "embedPassages",
            (_, right) -> {
              List<float[]> vectors = vectors(right.call());
              vectors.set(1, new float[256]);
              return vectors;
            })
        .assertFails("embed passages", "length 0.0");
  }

  @Test
  void fewerVectorsThanTextsAreNoticed() {
    embedder("embedPassages", (_, right) -> vectors(right.call()).subList(0, 1))
        .assertFails("embed passages", "1 were embedded");
  }

  @Test
  void vectorsInAnotherOrderAreNoticed() {
    embedder("embedPassages", (_, right) -> vectors(right.call()).reversed())
        .assertFails("embed passages", "something else");
  }

  @Test
  void aModelWithoutAWordIsNoticed() {
    Tried.on(
            new ChatModelProbe(
                Tried.SUBJECT, IdSource.random(), () -> new ScriptedChatModel("m", " ", "\n")))
        .assertFails("first words", "without a word");
    Tried.on(
            new ChatModelProbe(
                Tried.SUBJECT,
                IdSource.random(),
                () -> new ScriptedChatModel("m").thenBreaksAfter()))
        .assertFails("first words", "without a word");
  }

  @Test
  void aModelIsEndedAfterItsFirstWords() {
    List<String> said = new ArrayList<>();
    ChatModel endless =
        Bent.port(
            ChatModel.class,
            new ScriptedChatModel("m", "x"),
            "complete",
            (arguments, _) -> {
              while (!((java.util.function.BooleanSupplier) arguments[2]).getAsBoolean()) {
                said.add("more");
                @SuppressWarnings("unchecked")
                var onText = (java.util.function.Consumer<String>) arguments[1];
                onText.accept("more");
              }
              return new ChatCompletion(ChatCompletion.Finish.CANCELLED, TokenUsage.NONE);
            });

    Tried.on(new ChatModelProbe(Tried.SUBJECT, IdSource.random(), () -> endless)).assertSound();

    assertThat(said).hasSize(1);
  }

  private static Tried transcriber(Bent.Bend bend) {
    Transcriber sound = new ScriptedTranscriber("t", 100_000, "");
    return Tried.on(
        new TranscriberProbe(
            Tried.SUBJECT, () -> Bent.port(Transcriber.class, sound, "transcribe", bend)));
  }

  @Test
  void aToneThatIsNotHeardIsNoticed() {
    transcriber((_, right) -> right.call()).assertSound();
    transcriber((_, _) -> new Transcription.Unusable("It is damaged."))
        .assertFails("hear a tone", "not heard");
    transcriber((_, _) -> new Transcription.TooLarge(10)).assertFails("hear a tone", "too large");
  }

  @Test
  void aTextThatIsNotReadIsNoticed() {
    extractor("extract", (_, _) -> new ExtractionResult.Extracted(null, 0))
        .assertFails("read a file", "not found in it");
  }

  @Test
  void aBrokenFileThatPassesIsNoticed() {
    extractor(
            "extract",
            (arguments, right) ->
                arguments[1].toString().equals("PDF")
                    ? new ExtractionResult.Extracted(null, 1)
                    : right.call())
        .assertFails("broken file", "not told from a good one");
  }

  @Test
  void aReaderThatIsNotKeptApartIsNoticed() {
    for (ReaderIsolation wrong :
        Arrays.asList(
            new ReaderIsolation(false, true, List.of(), Set.of(), 256),
            new ReaderIsolation(true, true, List.of("socket"), Set.of(), 256),
            new ReaderIsolation(true, true, List.of(), Set.of("SECRET"), 256),
            new ReaderIsolation(true, true, List.of(), Set.of(), 4_096))) {
      Tried tried = extractor("tryIsolation", (_, _) -> wrong);
      tried.assertFails("isolation", "");
      assertThat(tried.of("isolation").detail()).doesNotContain("SECRET");
    }
  }
}
