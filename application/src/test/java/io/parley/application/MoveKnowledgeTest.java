package io.parley.application;

import static io.parley.application.MovingBench.LARGE;
import static io.parley.application.MovingBench.SMALL;
import static io.parley.application.MovingBench.move;
import static io.parley.application.MovingBench.progress;
import static io.parley.application.MovingBench.serves;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.application.reconciliation.ReconcileStores;
import io.parley.application.reconciliation.StoreReport;
import io.parley.application.retrieval.GenerationProgress;
import io.parley.application.retrieval.MoveKnowledge.Result;
import io.parley.domain.access.Access;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.SourceId;
import io.parley.domain.erasure.ErasureReceipt;
import io.parley.domain.erasure.ErasureReceipt.Evidence;
import io.parley.domain.erasure.ErasureReceipt.Removal;
import io.parley.domain.erasure.ErasureReceipt.Store;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.EmbeddingRepository.Coverage;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.Generation;
import io.parley.domain.retrieval.Generation.State;
import io.parley.domain.retrieval.GenerationId;
import io.parley.domain.retrieval.LogPosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MoveKnowledgeTest {
  private static final int SHIPS = 60;
  private static final int CHUNKS = 2 * SHIPS;

  private final MovingBench moving = new MovingBench();
  private Parley parley = moving.start();

  @AfterEach
  void end() {
    parley.close();
  }

  @Test
  void everyQuestionIsAnsweredWhileEverythingMovesToAnotherModelAndBack() throws Exception {
    moving.complete(moving.add(parley, 0, SHIPS));
    AtomicBoolean moved = new AtomicBoolean();
    AtomicInteger asked = new AtomicInteger();
    List<String> missing = new ArrayList<>();
    Thread asker =
        Thread.ofVirtual()
            .start(() -> {
              while (!moved.get()) {
                int ship = asked.getAndIncrement() % SHIPS;
                if (!moving.finds(parley, ship)) {
                  missing.add("ship " + ship + " under " + parley.generation().model().name());
                }
              }
            });

    move(parley, LARGE);
    moving.complete(moving.add(parley, SHIPS, SHIPS + 5));
    Bench.until(() -> serves(parley, LARGE));
    int before = asked.get();
    moving.complete(moving.add(parley, SHIPS + 5, SHIPS + 8));
    assertThat(moving.finds(parley, SHIPS + 6)).isTrue();
    parley.moveKnowledge().back(null);
    Bench.until(() -> serves(parley, SMALL));
    Bench.until(() -> asked.get() > before + SHIPS);
    moved.set(true);
    asker.join();

    assertThat(missing).isEmpty();
    for (int ship = 0; ship < SHIPS + 8; ship++) {
      assertThat(moving.finds(parley, ship)).as("ship " + ship).isTrue();
    }
    assertThat(moving.generation(LARGE).state()).isEqualTo(State.RETIRED);
    assertThat(moving.small.passages).as("nothing twice").hasValue(CHUNKS + 16);
  }

  @Test
  void theSameModelIsMovedToAnotherStoreWithoutComputingAnything() throws Exception {
    moving.complete(moving.add(parley, 0, 10));
    parley.moveKnowledge().to(SMALL, "elsewhere", _ -> Map.of("at", "there"));

    Bench.until(() -> parley.generation().store().equals("elsewhere"));

    assertThat(parley.generation().settings()).containsEntry("at", "there");
    assertThat(moving.stores.get(parley.generation().id()).count()).isEqualTo(20);
    assertThat(moving.finds(parley, 3)).isTrue();
    assertThat(moving.small.passages).hasValue(20);
  }

  @Test
  void whatWasComputedBeforeACrashIsNotComputedAgain() throws Exception {
    moving.complete(moving.add(parley, 0, SHIPS));
    CountDownLatch reached = new CountDownLatch(1);
    moving
        .large
        .then(vectors -> vectors)
        .then(vectors -> {
          reached.countDown();
          throw unavailable();
        });
    for (int i = 0; i < 50; i++) {
      moving.large.thenThrow(unavailable());
    }
    move(parley, LARGE);
    reached.await();
    Bench.until(() -> progress(parley, LARGE).failure() != null);
    assertThat(progress(parley, LARGE).failure()).contains("planted");
    parley.close();
    Coverage kept = moving.bench.database.embeddings().coverage(LARGE);
    assertThat(kept.embedded()).isBetween(1L, (long) CHUNKS - 1);
    moving.large.unstaged();
    moving.large.passages.set(0);

    parley = moving.start();
    Bench.until(() -> serves(parley, LARGE));

    assertThat(moving.large.passages).hasValue((int) (CHUNKS - kept.embedded()));
    assertThat(moving.storeOf(LARGE).count()).isEqualTo(CHUNKS);
    GenerationProgress done = progress(parley, LARGE);
    assertThat(done.embedded()).isEqualTo(done.chunks()).isEqualTo(CHUNKS);
    assertThat(done.failure()).isNull();
  }

  @Test
  void whatIsErasedDuringTheMoveIsGoneFromBothAndTheReceiptSaysSo() throws Exception {
    List<SourceId> ids = moving.add(parley, 0, SHIPS);
    moving.complete(ids);
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch erased = new CountDownLatch(1);
    moving.large.then(vectors -> {
      reached.countDown();
      try {
        erased.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return vectors;
    });
    move(parley, LARGE);
    reached.await();

    ErasureId erasure =
        parley.documents().erase().eraseDocument(moving.bench.scope, ids.getFirst()).orElseThrow();
    Bench.until(() -> receipt(erasure).state() == ErasureReceipt.State.REMOVED);
    erased.countDown();
    Bench.until(() -> serves(parley, LARGE));

    assertThat(receipt(erasure).removals())
        .filteredOn(removal -> removal.place().store() == Store.VECTORS)
        .extracting(removal -> removal.place().generation())
        .containsExactlyInAnyOrder(moving.generation(SMALL).id(), moving.generation(LARGE).id());
    assertThat(receipt(erasure).removals())
        .extracting(Removal::evidence)
        .containsOnly(Evidence.READ_BACK);
    for (var store : moving.stores.values()) {
      assertThat(store.chunksOf(ids.getFirst())).isEmpty();
      assertThat(store.count()).isEqualTo(CHUNKS - 2);
    }
    assertThat(moving.finds(parley, 0)).isFalse();
    assertThat(moving.finds(parley, 1)).isTrue();
  }

  private ErasureReceipt receipt(ErasureId erasure) {
    return parley
        .documents()
        .receipts()
        .find(Access.own(moving.bench.person), erasure)
        .orElseThrow();
  }

  @Test
  void whatIsErasedLaterIsGoneFromARetiredOneToo() throws Exception {
    List<SourceId> ids = moving.add(parley, 0, 3);
    moving.complete(ids);
    move(parley, LARGE);
    Bench.until(() -> serves(parley, LARGE));

    parley.documents().erase().eraseDocument(moving.bench.scope, ids.getFirst());

    Bench.until(() -> moving.storeOf(SMALL).chunksOf(ids.getFirst()).isEmpty());
    Bench.until(() -> moving.storeOf(LARGE).chunksOf(ids.getFirst()).isEmpty());
  }

  @Test
  void aDroppedOneIsGoneWithItsIndexItsFollowersAndItsEmbeddings() throws Exception {
    moving.complete(moving.add(parley, 0, 5));
    Generation old = moving.generation(SMALL);
    assertThat(parley.moveKnowledge().drop(old.id())).isInstanceOf(Result.Refused.class);
    move(parley, LARGE);
    Bench.until(() -> serves(parley, LARGE));
    Bench.until(() -> parley.moveKnowledge().drop(old.id()) instanceof Result.Dropped);

    assertThat(moving.bench.database.generations().all()).containsExactly(moving.generation(LARGE));
    assertThat(moving.bench.database.embeddings().coverage(SMALL).embedded()).isZero();
    assertThat(moving.bench.database.indexFeed().standings())
        .extracting(standing -> standing.follower().generation())
        .doesNotContain(old.id());
    assertThatThrownBy(() ->
            moving.stores.get(old.id()).search(moving.bench.scope, new float[512], 1, Filter.NONE))
        .isInstanceOf(PortFailure.class);
    assertThat(moving.finds(parley, 3)).isTrue();
    moving.complete(moving.add(parley, 5, 6));
    assertThat(moving.finds(parley, 5)).isTrue();
  }

  @Test
  void aCancelledOneRestsAndIsTakenUpAgain() throws Exception {
    moving.complete(moving.add(parley, 0, SHIPS));
    moving.large.then(vectors -> vectors);
    for (int i = 0; i < 50; i++) {
      moving.large.thenThrow(unavailable());
    }
    move(parley, LARGE);
    Bench.until(() -> progress(parley, LARGE).embedded() > 0);
    assertThat(move(parley, LARGE)).isInstanceOf(Result.Building.class);
    assertThat(parley.moveKnowledge().to(SMALL, "elsewhere", _ -> Map.of()))
        .isInstanceOf(Result.Refused.class);

    assertThat(parley.moveKnowledge().cancel()).isInstanceOf(Result.Retired.class);
    assertThat(parley.moveKnowledge().cancel()).isInstanceOf(Result.Refused.class);
    assertThat(serves(parley, SMALL)).isTrue();
    moving.large.unstaged();
    assertThat(move(parley, LARGE)).isInstanceOf(Result.Building.class);

    Bench.until(() -> serves(parley, LARGE));
    assertThat(moving.storeOf(LARGE).count()).isEqualTo(CHUNKS);
    assertThat(move(parley, LARGE)).isInstanceOf(Result.Serves.class);
  }

  @Test
  void aServerThatLivesIsWaitedForAndWhatComesInMeanwhileIsInBoth() throws Exception {
    moving.complete(moving.add(parley, 0, 2));
    UUID there = new UUID(4, 4);
    IndexFeed feed = moving.bench.database.indexFeed();
    IndexFeed.Follower words = new IndexFeed.Follower(there, "words", false, null, there);
    feed.report(words, LogPosition.START, Instant.now());

    move(parley, LARGE);
    Bench.until(() -> !rests(LARGE));
    moving.complete(moving.add(parley, 2, 3));
    assertThat(moving.storeOf(LARGE).count()).as("it is ready, and keeps up").isEqualTo(6);
    assertThat(serves(parley, SMALL)).isTrue();
    GenerationId built = moving.generation(LARGE).id();
    LogPosition head = moving.storeOf(LARGE).position().orElseThrow();
    feed.report(
        new IndexFeed.Follower(new UUID(4, 5), "vectors", true, built, there), head, Instant.now());

    Bench.until(() -> serves(parley, LARGE));
    assertThat(moving.finds(parley, 2)).isTrue();
  }

  @Test
  void reconcilingLooksAtEveryGenerationAndKnowsWhatARestingOneMayLack() throws Exception {
    moving.complete(moving.add(parley, 0, 3));
    move(parley, LARGE);
    Bench.until(() -> serves(parley, LARGE));
    Bench.until(() -> rests(SMALL));
    moving.complete(moving.add(parley, 3, 4));

    List<StoreReport> stores = reconciled();

    assertThat(stores)
        .extracting(StoreReport::store)
        .contains("vectors", "vectors " + moving.generation(SMALL).id().toString().substring(0, 8));
    assertThat(stores)
        .allSatisfy(store -> {
          assertThat(store.missing()).isZero();
          assertThat(store.left()).isZero();
        });
  }

  private boolean rests(EmbeddingModel model) {
    return moving.bench.database.indexFeed().standings().stream()
        .filter(s -> moving.generation(model).id().equals(s.follower().generation()))
        .noneMatch(s -> s.follower().serving());
  }

  private List<StoreReport> reconciled() {
    return ((ReconcileStores.Result.Done) parley.reconcileStores().run(false, (_, _) -> {}))
        .report()
        .stores();
  }

  private static PortFailure unavailable() {
    return new PortFailure(PortFailure.Kind.UNAVAILABLE, "large", "The planted failure.", null);
  }
}
