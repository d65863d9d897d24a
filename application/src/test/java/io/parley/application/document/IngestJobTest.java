package io.parley.application.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.application.Bench;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.Step;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.PortFailure;
import io.parley.domain.retrieval.LogEntry;
import io.parley.domain.retrieval.LogEntry.Change;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class IngestJobTest {
  private final Steps steps = new Steps();
  private final Bench bench = steps.bench;

  @Test
  void aFailureThatMayPassIsTriedAgainAndWorkDoneIsNotDoneAgain() {
    SourceId id = steps.uploaded("One.\nTwo.");
    bench.embedder.thenThrow(failure(PortFailure.Kind.UNAVAILABLE, null));
    steps.runNext(steps.worker());
    assertThat(bench.document(id).status()).isEqualTo(DocumentStatus.PROCESSING);
    assertThat(steps.runNext(steps.worker())).as("not at once").isFalse();

    steps.now = steps.now.plusSeconds(2);
    steps.runNext(steps.worker());

    assertThat(steps.completed(id).status()).isEqualTo(DocumentStatus.COMPLETE);
    assertThat(bench.extractor.calls).hasValue(1);
  }

  @Test
  void aBackendThatAsksToWaitIsLeftAlone() {
    steps.uploaded("One.");
    bench.embedder.thenThrow(failure(PortFailure.Kind.RATE_LIMITED, Duration.ofMinutes(7)));
    steps.runNext(steps.worker());
    steps.now = steps.now.plus(Duration.ofMinutes(6));
    assertThat(steps.runNext(steps.worker())).isFalse();
    steps.now = steps.now.plus(Duration.ofMinutes(2));
    assertThat(steps.runNext(steps.worker())).isTrue();
  }

  @Test
  void aFailureThatStaysEndsInAnErrorWithItsSentence() {
    SourceId id = steps.uploaded("One.");
    bench.embedder.thenThrow(failure(PortFailure.Kind.CREDENTIALS_REJECTED, null));
    steps.runNext(steps.worker());
    assertEnded(id, "The planted failure.");
  }

  @Test
  void nothingIsTriedForEver() {
    SourceId id = steps.uploaded("One.");
    for (int i = 0; i < 20; i++) {
      bench.embedder.thenThrow(failure(PortFailure.Kind.TIMEOUT, null));
    }
    int runs = 0;
    while (steps.runNext(steps.worker())) {
      runs++;
      steps.now = steps.now.plusSeconds(301);
    }
    assertThat(runs).isEqualTo(8);
    assertEnded(id, "The planted failure.");
  }

  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "STORAGE_FULL"})
  void anOutageIsWaitedOutForADay(PortFailure.Kind kind) {
    SourceId id = steps.uploaded("One.");
    RunJob worker = steps.worker();
    Instant begun = steps.now;
    int runs = failedFor(kind, worker, Integer.MAX_VALUE);
    assertThat(Duration.between(begun, steps.now))
        .isBetween(Duration.ofHours(24), Duration.ofHours(25));
    assertThat(runs).isBetween(280, 310);
    assertEnded(id, "The planted failure.");
  }

  @Test
  void whatWaitedForLongIsDoneOnceTheOutageIsOver() {
    SourceId id = steps.uploaded("One.");
    RunJob worker = steps.worker();
    failedFor(PortFailure.Kind.UNAVAILABLE, worker, 100);
    assertThat(steps.runNext(worker)).isTrue();
    assertThat(steps.completed(id).status()).isEqualTo(DocumentStatus.COMPLETE);
  }

  @Test
  void afterAnOutageAnotherFailureEndsAsEver() {
    SourceId id = steps.uploaded("One.");
    RunJob worker = steps.worker();
    failedFor(PortFailure.Kind.UNAVAILABLE, worker, 100);
    assertThat(failedFor(PortFailure.Kind.TIMEOUT, worker, 20)).isEqualTo(2);
    assertEnded(id, "The planted failure.");
  }

  @Test
  void afterAnOutageWorkThatKillsItsWorkerEndsAsEver() {
    SourceId id = steps.uploaded("One.");
    RunJob worker = steps.worker();
    failedFor(PortFailure.Kind.UNAVAILABLE, worker, 100);
    for (int deaths = 0; deaths < 2; deaths++) {
      assertThat(steps.claim()).isPresent();
      steps.now = steps.now.plus(Steps.LEASE).plusSeconds(1);
    }
    assertThat(steps.runNext(worker)).isTrue();
    assertEnded(id, "in 8 attempts");
  }

  /** Fails as often as it is tried, until no more than that. */
  private int failedFor(PortFailure.Kind kind, RunJob worker, int most) {
    for (int runs = 0; runs < most; runs++) {
      bench.embedder.thenThrow(failure(kind, null));
      if (!steps.runNext(worker)) {
        return runs;
      }
      steps.now = steps.now.plusSeconds(301);
    }
    return most;
  }

  @Test
  void whatTheLogAnnouncedIsDoneHoweverOftenItsWorkerDied() {
    SourceId id = steps.uploaded("One.");
    steps.runNext(steps.worker());
    steps.scheduler().ingest(bench.scope, new VersionRef(id, 1));
    for (int i = 0; i < 8; i++) {
      assertThat(steps.claim()).isPresent();
      steps.now = steps.now.plus(Steps.LEASE).plusSeconds(1);
    }

    assertThat(steps.runNext(steps.worker())).isTrue();

    assertThat(steps.completed(id).status()).isEqualTo(DocumentStatus.COMPLETE);
    assertThat(steps.hasWork()).isFalse();
  }

  @Test
  void aFileThatCannotBeReadEndsInAnErrorAtOnce() {
    SourceId id = steps.uploaded("%BROKEN");
    steps.runNext(steps.worker());
    assertEnded(id, "The file is broken. Save it again.");
  }

  @Test
  void aFileWithoutTextEndsInAnError() {
    SourceId id = steps.uploaded(" \n\f \n");
    steps.runNext(steps.worker());
    assertEnded(id, "text recognition");
  }

  @Test
  void aFileThatIsMissingEndsInAnError() {
    SourceId id = steps.uploaded("One.");
    bench.blobs.delete(
        bench.scope, bench.database.documents().blobKey(bench.scope, id).orElseThrow());
    steps.runNext(steps.worker());
    assertEnded(id, "missing from the blob store");
  }

  @Test
  void aFileThatIsNotWhatWasUploadedEndsInAnError() {
    SourceId id = steps.uploaded("One.");
    bench.blobs.write(
        bench.database.documents().blobKey(bench.scope, id).orElseThrow(),
        new ByteArrayInputStream("Won.".getBytes(StandardCharsets.UTF_8)),
        100);
    steps.runNext(steps.worker());
    assertEnded(id, "not what was uploaded");
  }

  static Stream<UnaryOperator<List<float[]>>> wrongVectors() {
    return Stream.of(
        vectors -> vectors.subList(1, vectors.size()),
        vectors -> Stream.concat(vectors.stream(), vectors.stream()).toList(),
        vectors -> vectors.stream().map(v -> Arrays.copyOf(v, v.length - 1)).toList(),
        vectors -> vectors.stream().map(v -> filled(v.length, Float.NaN)).toList(),
        vectors -> vectors.stream().map(v -> filled(v.length, Float.POSITIVE_INFINITY)).toList(),
        vectors -> vectors.stream().map(v -> filled(v.length, 0)).toList());
  }

  @ParameterizedTest
  @MethodSource("wrongVectors")
  void vectorsThatCannotBeRightAreNotKept(UnaryOperator<List<float[]>> wrong) {
    SourceId id = steps.uploaded("One.\nTwo.");
    bench.embedder.then(wrong);
    steps.runNext(steps.worker());
    assertEnded(id, "The embedding model");
    assertThat(bench.database.indexFeed().head()).isZero();
  }

  @Test
  void aWorkerWhoseLeaseWasTakenOverWritesNothing() {
    SourceId id = steps.uploaded("One.\nTwo.");
    bench.embedder.then(vectors -> {
      steps.now = steps.now.plus(Steps.LEASE).plusSeconds(1);
      assertThat(steps.claim()).isPresent();
      return vectors;
    });
    steps.runNext(steps.worker());
    Document document = bench.document(id);
    assertThat(document.status()).isEqualTo(DocumentStatus.PROCESSING);
    assertThat(document.progress().step()).isEqualTo(Step.SPLIT);
    assertThat(bench.database.indexFeed().head()).isZero();

    steps.now = steps.now.plus(Steps.LEASE).plusSeconds(1);
    steps.runNext(steps.worker());
    assertThat(steps.completed(id).status()).isEqualTo(DocumentStatus.COMPLETE);
  }

  @Test
  void whatWaitsForItsIndexesCanBeCancelledAndRetried() {
    SourceId id = steps.uploaded("One.\nTwo.");
    steps.runNext(steps.worker());
    assertThat(steps.hasWork()).isFalse();

    assertThat(steps.cancel().cancel(bench.scope, id))
        .isInstanceOf(CancelDocument.Result.Cancelled.class);
    assertThat(steps.completed(id).status()).isEqualTo(DocumentStatus.ERROR);
    assertThat(changes()).containsExactly(Change.VERSION_ADDED, Change.VERSION_REMOVED);

    assertThat(steps.upload().reopen(bench.scope, id)).isPresent();
    assertThat(steps.completed(id).status()).isEqualTo(DocumentStatus.PENDING);
    steps.runNext(steps.worker());
    assertThat(steps.completed(id).status()).isEqualTo(DocumentStatus.COMPLETE);

    assertThat(steps.cancel().cancel(bench.scope, id))
        .isInstanceOf(CancelDocument.Result.NotRunning.class);
    assertThat(changes())
        .containsExactly(Change.VERSION_ADDED, Change.VERSION_REMOVED, Change.VERSION_ADDED);
  }

  private List<Change> changes() {
    return bench.database.indexFeed().after(0, 100).stream().map(LogEntry::change).toList();
  }

  @Test
  void whatIsCancelledWhileItRunsEndsAndCanBeRetried() {
    SourceId id = steps.uploaded("One.\nTwo.");
    bench.embedder.then(vectors -> {
      assertThat(steps.cancel().cancel(bench.scope, id))
          .isInstanceOf(CancelDocument.Result.Cancelled.class);
      return vectors;
    });
    steps.runNext(steps.worker());
    assertEnded(id, "Cancelled.");
    assertThat(bench.database.indexFeed().head()).isZero();
    assertThat(steps.cancel().cancel(bench.scope, id))
        .isInstanceOf(CancelDocument.Result.NotRunning.class);

    assertThat(steps.upload().reopen(bench.scope, id)).isPresent();
    steps.runNext(steps.worker());

    Document document = steps.completed(id);
    assertThat(document.status()).isEqualTo(DocumentStatus.COMPLETE);
    assertThat(document.errorMessage()).isNull();
    assertThat(bench.extractor.calls).hasValue(1);
  }

  @Test
  void theSameBytesAfterAnErrorAreTriedAgain() {
    SourceId id = steps.uploaded("One.");
    bench.embedder.thenThrow(failure(PortFailure.Kind.CREDENTIALS_REJECTED, null));
    steps.runNext(steps.worker());
    UploadResult again = steps.upload().upload(bench.scope, Bench.file("log.txt", "One."));
    assertThat(((UploadResult.AlreadyThere) again).document().status())
        .isEqualTo(DocumentStatus.PENDING);
    steps.runNext(steps.worker());
    assertThat(steps.completed(id).status()).isEqualTo(DocumentStatus.COMPLETE);
    assertThat(steps.upload().reopen(bench.scope, id)).isEmpty();
  }

  @Test
  void workThatWasStoppedGoesOnFromItsCheckpoint() {
    String text =
        IntStream.range(0, 200).mapToObj(i -> "Line " + i + ".").collect(Collectors.joining("\n"));
    SourceId id = steps.uploaded(text);
    RunJob first = steps.worker();
    bench.embedder.then(UnaryOperator.identity());
    bench.embedder.then(vectors -> {
      first.stop();
      return vectors;
    });
    steps.runNext(first);
    assertThat(bench.document(id).status()).isEqualTo(DocumentStatus.PROCESSING);
    assertThat(bench.embedder.passages).hasValue(128);

    steps.runNext(steps.worker());

    assertThat(steps.completed(id).status()).isEqualTo(DocumentStatus.COMPLETE);
    assertThat(bench.document(id).chunksCount()).isEqualTo(200);
    assertThat(bench.extractor.calls).hasValue(1);
    assertThat(bench.embedder.passages).as("only the unkept batch again").hasValue(200 + 64);
  }

  @Test
  void aFailedReplacementLeavesTheVersionThatServes() {
    SourceId id = steps.uploaded("One.");
    steps.runNext(steps.worker());
    steps.completed(id);
    steps.upload().replace(bench.scope, id, Bench.file("log.txt", "%BROKEN"));
    steps.runNext(steps.worker());
    Document document = steps.completed(id);
    assertThat(document.status()).isEqualTo(DocumentStatus.ERROR);
    assertThat(document.servingVersion()).isEqualTo(1);
  }

  @Test
  void whatIsErasedWhileItRunsLeavesNothing() {
    SourceId id = steps.uploaded("One.\nTwo.");
    bench.embedder.then(vectors -> {
      assertThat(steps.erase().eraseDocument(bench.scope, id)).isPresent();
      steps.followed();
      assertThat(steps.runNext(steps.worker())).isTrue();
      return vectors;
    });
    steps.runNext(steps.worker());
    assertThat(bench.database.erasures().sourcesWithRows(bench.scope, 10)).isEmpty();
    assertThat(steps.pages(id)).isZero();
    assertThat(changes())
        .as("nothing comes after the removal")
        .containsExactly(Change.SOURCE_REMOVED);
    assertThat(steps.hasWork()).as("the second visit").isTrue();
  }

  private void assertEnded(SourceId id, String sentence) {
    Document document = bench.document(id);
    assertThat(document.status()).isEqualTo(DocumentStatus.ERROR);
    assertThat(document.errorMessage()).contains(sentence).endsWith(".");
    assertThat(steps.runNext(steps.worker())).isFalse();
  }

  private static float[] filled(int length, float value) {
    float[] vector = new float[length];
    Arrays.fill(vector, value);
    return vector;
  }

  private static PortFailure failure(PortFailure.Kind kind, @Nullable Duration retryAfter) {
    return new PortFailure(kind, "embedder", "The planted failure.", null, retryAfter);
  }
}
