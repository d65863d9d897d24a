package io.parley.application.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.application.Bench;
import io.parley.domain.access.BotScope;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.Step;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.ai.TextSplitter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A huge document of one owner does not hold up those of others, and loses nothing by it. */
class FairTurnsTest {
  private static final int HUGE = 4_000;

  private final Steps steps = new Steps();
  private final Bench bench = steps.bench;
  private final BotScope other = somebodyElse();

  private BotScope somebodyElse() {
    return bench.newBot(Bench.person(bench.database), "Another bot", false);
  }

  private static String lines(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "Line " + i + ".")
        .collect(Collectors.joining("\n"));
  }

  /** Each page has two lines. */
  private static String pages(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "Page " + i + ".\n🙂 " + i + ".")
        .collect(Collectors.joining("\f"));
  }

  private SourceId uploaded(BotScope scope, String text) {
    return Bench.accepted(steps.upload().upload(scope, Bench.file("log.txt", text))).id();
  }

  private Document document(BotScope scope, SourceId id) {
    return bench.database.documents().find(scope, id).orElseThrow();
  }

  private List<String> chunks(BotScope scope, SourceId id) {
    return Stream.of(0, 1_000)
        .flatMap(skip -> chunks(scope, id, new ListRequest(skip, 1_000)))
        .map(c -> c.ordinal() + " " + c.page() + " " + c.span() + " " + c.content())
        .toList();
  }

  private Stream<Chunk> chunks(BotScope scope, SourceId id, ListRequest part) {
    return bench.database.documents().chunks(scope, id, part).orElseThrow().items().stream();
  }

  @Test
  void aSmallDocumentOfAnotherOwnerIsDoneLongBeforeAHugeOne() {
    SourceId huge = uploaded(bench.scope, lines(HUGE));
    SourceId[] small = new SourceId[1];
    bench.embedder.then(vectors -> {
      small[0] = uploaded(other, "Small.");
      return vectors;
    });
    RunJob worker = steps.worker();
    int hugeWhenSmallWasDone = -1;
    while (steps.runNext(worker)) {
      boolean done = document(other, small[0]).progress().step().reached(Step.EMBEDDED);
      if (done && hugeWhenSmallWasDone < 0) {
        hugeWhenSmallWasDone = document(bench.scope, huge).progress().done();
      }
    }

    assertThat(hugeWhenSmallWasDone).isBetween(1, HUGE / 4);
    assertThat(steps.completed(huge).status()).isEqualTo(DocumentStatus.COMPLETE);
    assertThat(document(other, small[0]).status()).isEqualTo(DocumentStatus.COMPLETE);
    assertThat(bench.embedder.passages).as("nothing was embedded twice").hasValue(HUGE + 1);
    assertThat(bench.extractor.calls).hasValue(2);
  }

  @Test
  void aDocumentGoesOnWithoutAPauseWhileNobodyElseWaits() {
    uploaded(bench.scope, lines(HUGE));
    uploaded(bench.scope, "Of the same owner.");
    steps.runNext(steps.worker());
    assertThat(bench.embedder.passages).hasValue(HUGE);
  }

  @Test
  void givingWayCountsAsNoAttemptHoweverOftenItHappens() {
    SourceId huge = uploaded(bench.scope, lines(HUGE * 3));
    RunJob worker = steps.worker();
    int runs = 0;
    do {
      uploaded(other, "Small " + runs + ".");
      runs++;
    } while (steps.runNext(worker) && runs < 60);
    while (steps.runNext(worker)) {
      runs++;
    }
    assertThat(runs).isGreaterThan(20);
    assertThat(steps.completed(huge).status()).isEqualTo(DocumentStatus.COMPLETE);
    assertThat(bench.document(huge).chunksCount()).isEqualTo(HUGE * 3);
  }

  @Test
  void splittingThatGaveWayGoesOnWithTheNextPage() {
    String text = pages(1_000);
    AtomicInteger cut = new AtomicInteger();
    steps.splitter = slow(cut);
    SourceId id = uploaded(bench.scope, text);
    uploaded(other, "Small.");
    steps.runNext(steps.worker());
    assertThat(bench.document(id).progress().step()).isEqualTo(Step.EXTRACTED);
    assertThat(bench.document(id).progress().done()).isBetween(1, 999);
    while (steps.runNext(steps.worker())) {
      // On with it.
    }

    assertThat(steps.completed(id).status()).isEqualTo(DocumentStatus.COMPLETE);
    assertThat(cut).as("no page was cut twice").hasValue(1_000 + 1);
    assertThat(chunks(bench.scope, id)).isEqualTo(chunks(other, undisturbed(text)));
  }

  /** Takes so long that its time is soon over. */
  private TextSplitter slow(AtomicInteger cut) {
    return (page, maxLength, overlap) -> {
      cut.incrementAndGet();
      steps.now = steps.now.plus(Duration.ofMillis(15));
      return bench.splitter.split(page, maxLength, overlap);
    };
  }

  private SourceId undisturbed(String text) {
    steps.splitter = bench.splitter;
    SourceId id = uploaded(other, text);
    steps.runNext(steps.worker());
    return id;
  }

  @Test
  void splittingThatWasKilledGoesOnBehindWhatWasKept() {
    String text = pages(1_000);
    AtomicInteger cut = new AtomicInteger();
    steps.splitter =
        (page, maxLength, overlap) -> {
          if (cut.incrementAndGet() == 700) {
            throw new Killed();
          }
          return bench.splitter.split(page, maxLength, overlap);
        };
    SourceId id = uploaded(bench.scope, text);
    RunJob killed = steps.worker();
    assertThatThrownBy(() -> steps.runNext(killed)).isInstanceOf(Killed.class);

    steps.now = steps.now.plus(Steps.LEASE).plusSeconds(1);
    steps.runNext(steps.worker());

    assertThat(steps.completed(id).status()).isEqualTo(DocumentStatus.COMPLETE);
    assertThat(cut).as("only the unkept pages again").hasValue(1_000 + 200);
    assertThat(chunks(bench.scope, id)).isEqualTo(chunks(other, undisturbed(text)));
  }

  /** As the process would end. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void saysHowLongItTakesOnceAFewBatchesHaveShownIt() {
    SourceId id = uploaded(bench.scope, lines(HUGE));
    for (int i = 0; i < 4; i++) {
      Integer[] seen = new Integer[1];
      int batch = i;
      bench.embedder.then(vectors -> {
        seen[0] = bench.document(id).progress().remainingSeconds();
        assertThat(seen[0]).as("after batch " + batch).isEqualTo(batch < 3 ? null : 119);
        steps.now = steps.now.plusSeconds(2);
        return vectors;
      });
    }
    bench.embedder.then(vectors -> {
      uploaded(other, "Small.");
      return vectors;
    });
    steps.runNext(steps.worker());

    assertThat(bench.document(id).progress().step()).isEqualTo(Step.SPLIT);
    assertThat(bench.document(id).progress().done()).isPositive();
    assertThat(bench.document(id).progress().remainingSeconds()).as("it waits").isNull();
  }

  @Test
  void failuresWithProgressBetweenThemDoNotAddUp() {
    SourceId id = uploaded(bench.scope, lines(64 * 12));
    UnaryOperator<List<float[]>> passes = UnaryOperator.identity();
    for (int i = 0; i < 11; i++) {
      bench.embedder.then(passes).thenThrow(Steps.unavailable());
    }
    int runs = 0;
    while (steps.runNext(steps.worker())) {
      runs++;
      steps.now = steps.now.plusSeconds(2);
    }
    assertThat(runs).isEqualTo(12);
    assertThat(steps.completed(id).status()).isEqualTo(DocumentStatus.COMPLETE);
  }
}
