package io.parley.application.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.application.Bench;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.erasure.ErasureReceipt;
import io.parley.domain.erasure.ErasureReceipt.Evidence;
import io.parley.domain.erasure.ErasureReceipt.Place;
import io.parley.domain.erasure.ErasureReceipt.Removal;
import io.parley.domain.erasure.ErasureReceipt.State;
import io.parley.domain.erasure.ErasureReceipt.Store;
import io.parley.domain.port.persistence.IngestionRepository;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.IndexedWords;
import io.parley.domain.retrieval.LogPosition;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is left, comes late or breaks off is found by the erasure itself. */
class DamagedErasureTest extends ErasureSteps {
  @Test
  void anIndexThatStillHoldsSomethingPastTheRemovalIsToldAgain() {
    SourceId id = indexed("One.");
    List<IndexedWords> stale = bench.database.indexFeed().words(new VersionRef(id, 1), null, 10);
    ErasureId erasure = erased(id);
    steps.followed();
    bench.words.apply(List.of(new IndexChange.Add<>(stale)), bench.words.position().orElseThrow());

    assertThat(steps.runNext(steps.worker())).isTrue();
    assertThat(receipt(erasure).state()).isEqualTo(State.PENDING);
    steps.now = steps.now.plusSeconds(11);
    work();

    assertThat(receipt(erasure).state()).isEqualTo(State.REMOVED);
    assertThat(bench.words.chunksOf(id)).isEmpty();
    assertThat(removalsInTheLog()).isEqualTo(2);
  }

  @Test
  void theSecondVisitFindsAndRemovesWhatCameLate() {
    SourceId id = indexed("One.");
    List<IndexedWords> words = bench.database.indexFeed().words(new VersionRef(id, 1), null, 10);
    List<IndexedVector> vectors =
        bench.database.indexFeed().vectors(new VersionRef(id, 1), model(), null, 10);
    ErasureId erasure = erased(id);
    work();
    assertThat(receipt(erasure).state()).isEqualTo(State.REMOVED);

    BlobKey late = BlobKey.of(bench.scope, new VersionRef(id, 5), new DocumentName("late.txt"));
    bench.blobs.put(bench.scope, late, Bench.file("late.txt", "Late.").content(), 99);
    LogPosition at = bench.words.position().orElseThrow();
    bench.words.apply(List.of(new IndexChange.Add<>(words)), at);
    bench.vectors.apply(List.of(new IndexChange.Add<>(vectors)), at);
    Conversation talk = conversationCiting(id);
    steps.now = steps.now.plus(Steps.REVISIT);
    work();

    ErasureReceipt verified = receipt(erasure);
    assertThat(verified.state()).isEqualTo(State.VERIFIED);
    for (Store store : List.of(Store.BLOBS, Store.WORDS, Store.VECTORS)) {
      assertThat(removal(verified, 2, store).count()).as("%s", store).isEqualTo(1);
      assertThat(removal(verified, 2, store).evidence()).isEqualTo(Evidence.READ_BACK);
    }
    assertThat(bench.blobs.open(bench.scope, late)).isEmpty();
    assertThat(bench.words.chunksOf(id)).isEmpty();
    assertThat(bench.vectors.chunksOf(id)).isEmpty();
    assertThat(answer(talk).blanked()).isTrue();
  }

  @Test
  void aLostBlobDeletionIsNotBelieved() {
    SourceId id = indexed("One.");
    steps.blobs = pretendingToDelete();
    ErasureId erasure = erased(id);
    work();
    assertThat(receipt(erasure).state()).isEqualTo(State.PENDING);
    assertThat(receipt(erasure).waitingFor()).contains("files");

    steps.blobs = bench.blobs;
    work();

    assertThat(receipt(erasure).state()).isEqualTo(State.REMOVED);
    assertThat(removal(receipt(erasure), 1, Store.BLOBS).count()).isEqualTo(1);
  }

  @Test
  void rowsThatAreStillThereAreNotBelievedToBeGone() {
    SourceId id = indexed("One.");
    ErasureId erasure = erased(id);
    steps.followed();

    steps.runNext(steps.worker(keepingRows(), bench.blobs, bench.embedder));
    assertThat(receipt(erasure).state()).isEqualTo(State.PENDING);
    assertThat(receipt(erasure).waitingFor()).contains("rows");
    steps.now = steps.now.plusSeconds(11);
    work();

    assertThat(receipt(erasure).state()).isEqualTo(State.REMOVED);
    assertThat(bench.database.erasures().inventory(bench.scope, id).rows()).isZero();
  }

  @Test
  void anErasureThatIsKilledAtAnyCallGoesOnAndCountsTheSame() {
    List<Removal> undisturbed = null;
    for (int call = 0; call < 400; call++) {
      DamagedErasureTest fresh = new DamagedErasureTest();
      AtomicInteger left = new AtomicInteger(call == 0 ? Integer.MAX_VALUE : call);
      ErasureReceipt end = fresh.erasedWithAKillAt(left);
      List<Removal> removals = end.removals().stream().map(DamagedErasureTest::timeless).toList();
      undisturbed = undisturbed == null ? removals : undisturbed;
      assertThat(end.state()).isEqualTo(State.VERIFIED);
      assertThat(removals).as("killed at call %d", call).isEqualTo(undisturbed);
      if (call > 0 && left.get() > 0) {
        assertThat(call).isGreaterThan(20);
        return;
      }
    }
    throw new AssertionError("The erasure made more calls than were numbered.");
  }

  /** Without what a repeated visit may rightly see differently: when, and how far the log was. */
  private static Removal timeless(Removal r) {
    return new Removal(
        r.visit(),
        new Place(r.place().store(), r.place().index(), r.place().generation()),
        r.count(),
        r.evidence(),
        null,
        null,
        r.retained());
  }

  private ErasureReceipt erasedWithAKillAt(AtomicInteger left) {
    SourceId id = indexed("One.\nTwo.");
    conversationCiting(id);
    ErasureId erasure = erased(id);
    steps.followed();
    for (int i = 0; i < 30 && steps.hasWork(); i++) {
      try {
        steps.claim().ifPresent(lease -> steps.workerKilledAt(left).run(lease));
      } catch (Killing.Killed e) {
        // The next worker takes the job up when the lease has expired.
      }
      steps.followed();
      steps.now = steps.now.plus(Steps.REVISIT);
    }
    return receipt(erasure);
  }

  /** A database that says that it removes rows, and does not. */
  private Persistence keepingRows() {
    return (Persistence)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Persistence.class},
            (_, method, arguments) ->
                method.getName().equals("ingestion")
                    ? keepingRows(bench.database.ingestion())
                    : method.invoke(bench.database, arguments));
  }

  private IngestionRepository keepingRows(IngestionRepository sound) {
    return (IngestionRepository)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {IngestionRepository.class},
            (_, method, arguments) ->
                method.getName().equals("removeRows") ? null : method.invoke(sound, arguments));
  }

  private BlobStore pretendingToDelete() {
    return (BlobStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {BlobStore.class},
            (_, method, arguments) ->
                method.getName().equals("deleteAll") ? 1L : method.invoke(bench.blobs, arguments));
  }
}
