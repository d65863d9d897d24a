package io.parley.application.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.application.Bench;
import io.parley.domain.access.BotScope;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.Step;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.Transactions;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is taken in is bounded, and comes in whole or not at all. */
class IntakeLimitsTest {
  private final Steps steps = new Steps();
  private final Bench bench = steps.bench;

  private UploadResult upload(BotScope scope, String text) {
    return steps.upload().upload(scope, Bench.file("a.txt", text));
  }

  private long documents() {
    return bench.database.documents().list(bench.scope, new ListRequest(0, 9)).total();
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static DocumentName name(String name) {
    return DocumentName.of(name);
  }

  @Test
  void aFileWithMorePagesThanAllowedEndsInAnErrorThatSaysSo() {
    steps.limits = new IntakeLimits(1_200, 9, 9, 9);
    SourceId id = steps.uploaded("p\f".repeat(1_200));
    steps.runNext(steps.worker());
    assertEnded(id, Step.STORED, "more than 1,200 pages", "Split it");
    assertThat(steps.runNext(steps.worker())).as("not tried again by itself").isFalse();
  }

  @Test
  void aFileWithMoreChunksThanAllowedEndsInAnErrorThatSaysSo() {
    steps.limits = new IntakeLimits(9, 3, 9, 9);
    SourceId id = steps.uploaded("a\nb\fc\nd");
    steps.runNext(steps.worker());
    assertEnded(id, Step.EXTRACTED, "more than 3 passages", "Split it");
  }

  private void assertEnded(SourceId id, Step step, String... words) {
    Document document = bench.document(id);
    assertThat(document.status()).isEqualTo(DocumentStatus.ERROR);
    assertThat(document.progress().step()).isEqualTo(step);
    assertThat(document.errorMessage()).contains(words);
  }

  @Test
  void aStepThatFailedIsKeptAndGoesOnFromItsCheckpointByHand() {
    String text = IntStream.range(0, 200).mapToObj(i -> "L" + i).collect(Collectors.joining("\n"));
    SourceId id = steps.uploaded(text);
    bench
        .embedder
        .then(UnaryOperator.identity())
        .then(UnaryOperator.identity())
        .thenThrow(
            new PortFailure(
                PortFailure.Kind.CREDENTIALS_REJECTED, "embedder", "The key is wrong.", null));
    steps.runNext(steps.worker());
    assertEnded(id, Step.SPLIT, "The key is wrong.");
    assertThat(bench.document(id).progress().done()).isEqualTo(128);

    steps.upload().reopen(bench.scope, id);
    assertThat(bench.document(id).progress().step()).isEqualTo(Step.SPLIT);
    steps.runNext(steps.worker());

    assertThat(steps.completed(id).status()).isEqualTo(DocumentStatus.COMPLETE);
    assertThat(bench.extractor.calls).hasValue(1);
    assertThat(bench.embedder.passages).as("only what was missing").hasValue(200 + 64);
  }

  @Test
  void anOwnerMayHaveSoManyDocumentsWaiting() {
    steps.limits = steps.limits.withWaiting(2, 9);
    BotScope second = bench.newBot(bench.person, "Second", false);
    upload(bench.scope, "One.");
    upload(second, "Two.");

    assertThat(upload(bench.scope, "Three.")).isEqualTo(new UploadResult.TooManyWaiting(2));
    assertThat(steps.upload().refusal(second)).contains(new UploadResult.TooManyWaiting(2));
    BotScope others = bench.newBot(Bench.person(bench.database), "Other", false);
    assertThat(upload(others, "Three.")).isInstanceOf(UploadResult.Accepted.class);

    steps.runNext(steps.worker());
    assertThat(upload(bench.scope, "Three.")).isInstanceOf(UploadResult.Accepted.class);
  }

  @Test
  void allOwnersTogetherMayHaveSoManyDocumentsWaiting() {
    steps.limits = steps.limits.withWaiting(2, 2);
    upload(bench.scope, "One.");
    BotScope others = bench.newBot(Bench.person(bench.database), "Other", false);
    upload(others, "Two.");
    assertThat(upload(others, "Three.")).isEqualTo(new UploadResult.QueueFull());
  }

  @Test
  void filesOfOneRequestCountBeforeTheyAreQueued() {
    steps.limits = steps.limits.withWaiting(2, 9);
    try (Upload together = steps.upload().begin(bench.scope)) {
      assertThat(together.receive(name("a"), bytes("One."))).isEmpty();
      assertThat(together.receive(name("b"), bytes("Two."))).isEmpty();
      assertThat(together.receive(name("c"), bytes("Three.")))
          .contains(new UploadResult.TooManyWaiting(2));
    }
    assertNothingIsLeft();
  }

  private void assertNothingIsLeft() {
    assertThat(documents()).isZero();
    assertThat(bench.blobs.size()).isZero();
    assertThat(bench.database.jobs().depth()).isZero();
  }

  @Test
  void filesOfOneRequestAreAddedTogetherInTheirOrder() {
    Metadata metadata = new Metadata(Map.of("year", 2020));
    List<UploadResult.Taken> taken;
    try (Upload together = steps.upload().begin(bench.scope)) {
      for (String text : List.of("One.", "Two.", "One.", "Three.")) {
        together.receive(name(text), bytes(text));
      }
      assertThat(documents()).as("nothing before all are there").isZero();
      taken = together.add(metadata).orElseThrow();
    }
    assertThat(taken)
        .extracting(t -> t.document().name().value())
        .containsExactly("One.", "Two.", "One.", "Three.");
    assertThat(taken.get(2)).isInstanceOf(UploadResult.AlreadyThere.class);
    assertThat(taken).allMatch(t -> t.document().metadata().equals(metadata));
    assertThat(documents()).isEqualTo(3);
    assertThat(bench.blobs.size()).isEqualTo(3);
    while (steps.runNext(steps.worker())) {
      // One after another.
    }
    assertThat(bench.embedder.passages).hasValue(3);
  }

  @Test
  void aFileThatIsRefusedTakesThoseBeforeItAlong() {
    try (Upload together = steps.upload().begin(bench.scope)) {
      assertThat(together.receive(name("a"), bytes("One."))).isEmpty();
      assertThat(together.receive(name("b"), bytes(""))).contains(new UploadResult.Empty());
    }
    assertNothingIsLeft();
  }

  @Test
  void anUploadThatRacesTheErasureOfItsBotFindsItGone() {
    try (Upload together = steps.upload().begin(bench.scope)) {
      together.receive(name("a"), bytes("One."));
      bench.database.bots().tombstone(bench.scope, steps.now);
      assertThat(together.add(Metadata.EMPTY)).isEmpty();
    }
    assertThat(upload(bench.scope, "Two.")).isEqualTo(new UploadResult.Gone());
    assertNothingIsLeft();
  }

  @Test
  void aVersionThatRacesTheErasureOfItsDocumentFindsItGone() {
    SourceId id = steps.uploaded("One.");
    try (Replacement next = steps.upload().beginReplacement(bench.scope, id)) {
      assertThat(next.receive(name("b"), bytes("Two."))).isEmpty();
      bench.database.documents().tombstone(bench.scope, id, steps.now);
      assertThat(next.add(Metadata.EMPTY)).isEqualTo(new UploadResult.Gone());
    }
    assertThat(bench.blobs.size()).as("the first version's").isEqualTo(1);
  }

  @Test
  void bytesStayWhileNobodyKnowsWhetherTheDatabaseHasCommitted() {
    UploadDocument undecided =
        steps.upload(
            new Transactions() {
              @Override
              public <T> T inTransaction(Supplier<T> work) {
                bench.database.transactions().inTransaction(work);
                throw Steps.unavailable();
              }
            });
    assertThatThrownBy(() -> undecided.upload(bench.scope, Bench.file("a.txt", "One.")))
        .isInstanceOf(PortFailure.class);
    assertThat(documents()).isEqualTo(1);
    assertThat(bench.blobs.size()).isEqualTo(1);
  }
}
