package io.parley.application.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.parley.domain.conversation.Conversation;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.SourceId;
import io.parley.domain.erasure.ErasureReceipt;
import io.parley.domain.erasure.ErasureReceipt.Evidence;
import io.parley.domain.erasure.ErasureReceipt.Removal;
import io.parley.domain.erasure.ErasureReceipt.State;
import io.parley.domain.erasure.ErasureReceipt.Store;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.retrieval.LogEntry;
import io.parley.domain.retrieval.LogPosition;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EraseJobTest extends ErasureSteps {
  @Test
  void aReceiptSaysWhatWasRemovedWhereAndHowThatIsKnown() {
    SourceId id = indexed("One.\nTwo.");
    conversationCiting(id);
    ErasureId erasure = erased(id);
    assertThat(receipt(erasure).state()).isEqualTo(State.PENDING);

    work();

    ErasureReceipt removed = receipt(erasure);
    assertThat(removed.state()).isEqualTo(State.REMOVED);
    assertThat(removed.waitingFor()).isNull();
    for (Store store : List.of(Store.VECTORS, Store.WORDS)) {
      Removal of = removal(removed, 1, store);
      assertThat(of.count()).isEqualTo(2);
      assertThat(of.evidence()).isEqualTo(Evidence.READ_BACK);
      assertThat(of.position()).isEqualTo(bench.database.indexFeed().head());
    }
    assertThat(removal(removed, 1, Store.VECTORS).place().generation()).isEqualTo(Steps.GENERATION);
    assertThat(removal(removed, 1, Store.BLOBS).count()).isEqualTo(1);
    assertThat(removal(removed, 1, Store.ANSWERS).count()).isEqualTo(1);
    assertThat(removal(removed, 1, Store.ROWS).count()).isEqualTo(1 + 1 + 2 + 2);
    assertThat(removed.removals()).allMatch(r -> r.evidence() == Evidence.READ_BACK);

    steps.now = steps.now.plus(Steps.REVISIT);
    work();

    ErasureReceipt verified = receipt(erasure);
    assertThat(verified.state()).isEqualTo(State.VERIFIED);
    assertThat(verified.removals()).filteredOn(r -> r.visit() == 2).allMatch(r -> r.count() == 0);
    assertThat(verified.removals()).allMatch(r -> r.evidence() == Evidence.READ_BACK);
    assertThat(steps.hasWork()).isFalse();
    assertThat(bench.database.erasures().tombstones(bench.scope, null, 9)).isEmpty();
  }

  @Test
  void theSecondVisitComesWhenItIsDueAndNotBefore() {
    ErasureId erasure = erased(indexed("One."));
    work();
    steps.now = receipt(erasure).revisitAt().minusMillis(1);
    assertThat(steps.runNext(steps.worker())).isFalse();

    steps.now = steps.now.plusMillis(1);
    work();

    assertThat(receipt(erasure).state()).isEqualTo(State.VERIFIED);
  }

  @Test
  void anErasureWaitsForItsIndexesHoweverLong() {
    ErasureId erasure = erased(indexed("One."));
    for (int i = 0; i < 50; i++) {
      assertThat(steps.runNext(steps.worker())).isTrue();
      steps.now = steps.now.plusSeconds(301);
    }
    assertThat(steps.hasWork()).isTrue();
    assertThat(receipt(erasure).state()).isEqualTo(State.PENDING);
    assertThat(receipt(erasure).waitingFor()).contains("indexes");

    workToTheEnd();

    assertThat(receipt(erasure).state()).isEqualTo(State.VERIFIED);
    assertThat(bench.database.erasures().sourcesWithRows(bench.scope, 10)).isEmpty();
  }

  @Test
  void anErasureWaitsForTheIndexOfAnotherServerUntilItHasReadTheLog() {
    SourceId id = indexed("One.");
    IndexFeed.Follower other = new IndexFeed.Follower(new UUID(8, 1), "words", true);
    bench.database.indexFeed().report(other, LogPosition.START, steps.now);
    ErasureId erasure = erased(id);
    work();
    assertThat(receipt(erasure).state()).isEqualTo(State.PENDING);
    assertThat(receipt(erasure).waitingFor()).contains("another server");

    LogPosition head = bench.words.position().orElseThrow();
    bench.database.indexFeed().report(other, head, steps.now);
    work();

    assertThat(receipt(erasure).state()).isEqualTo(State.REMOVED);
    assertThat(receipt(erasure).removals())
        .filteredOn(r -> other.id().equals(r.place().index()))
        .extracting(Removal::evidence, Removal::position)
        .containsExactly(tuple(Evidence.ACCEPTED, head.position()));
  }

  @Test
  void anIndexThatHasBeenAwayForADayIsNamedAndNotWaitedFor() {
    SourceId id = indexed("One.");
    IndexFeed.Follower other = new IndexFeed.Follower(new UUID(8, 1), "words", true);
    bench.database.indexFeed().report(other, LogPosition.START, steps.now);
    steps.now = steps.now.plus(IndexRemoval.AWAITED).plusSeconds(1);
    ErasureId erasure = erased(id);

    workToTheEnd();

    assertThat(receipt(erasure).state()).isEqualTo(State.VERIFIED);
    assertThat(receipt(erasure).removals())
        .filteredOn(r -> other.id().equals(r.place().index()))
        .extracting(Removal::evidence)
        .containsOnly(Evidence.NOT_SEEN);
  }

  @Test
  void anErasureComesBackUntilABackendTakesIt() {
    ErasureId erasure = erased(indexed("One."));
    AtomicInteger refusals = new AtomicInteger(40);
    steps.blobs = refusingDeletes(refusals);
    steps.followed();
    int runs = 0;
    while (receipt(erasure).state() == State.PENDING && runs < 60) {
      steps.runNext(steps.worker());
      steps.now = steps.now.plusSeconds(301);
      runs++;
      if (runs == 30) {
        assertThat(receipt(erasure).waitingFor()).isEqualTo("Planted.");
      }
    }
    assertThat(runs).isEqualTo(41);
    assertThat(bench.database.erasures().sourcesWithRows(bench.scope, 10)).isEmpty();
  }

  @Test
  void anAnswerThatWasKeptAfterTheErasureBeganIsBlankedToo() {
    SourceId id = indexed("One.");
    erased(id);
    Conversation late = conversationCiting(id);
    work();
    assertThat(answer(late).blanked()).isTrue();
  }

  @Test
  void anErasedBotLeavesNoAnswersWhateverTheIndexesHold() {
    SourceId id = indexed("One.");
    Conversation conversation = conversationCiting(id);

    ErasureId erasure = steps.erase().eraseBot(bench.scope).orElseThrow();
    assertThat(bench.database.bots().find(bench.scope)).isEmpty();
    assertThat(answer(conversation).blanked()).isTrue();
    workToTheEnd();

    assertThat(receipt(erasure).state()).isEqualTo(State.VERIFIED);
    assertThat(answer(conversation).content()).isEmpty();
    assertThat(bench.database.erasures().sourcesWithRows(bench.scope, 10)).isEmpty();
    assertThat(bench.database.accountErasures().bots(user, 9)).isEmpty();
    List<LogEntry> log = bench.database.indexFeed().after(0, 100);
    assertThat(log).last().extracting(LogEntry::change).isEqualTo(LogEntry.Change.SOURCE_REMOVED);
  }

  @Test
  void anErasedBotAnnouncesASourceOnceHoweverLongItsIndexesTake() {
    indexed("One.");
    steps.erase().eraseBot(bench.scope);
    for (int i = 0; i < 20; i++) {
      assertThat(steps.runNext(steps.worker())).isTrue();
      steps.now = steps.now.plusSeconds(10);
    }
    workToTheEnd();

    assertThat(removalsInTheLog()).isEqualTo(1);
  }

  @Test
  void anErasureAsksItsIndexesLessOftenTheLongerTheyTake() {
    erased(indexed("One."));
    for (long wait : List.of(200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 10_000L, 10_000L)) {
      assertThat(steps.runNext(steps.worker())).isTrue();
      steps.now = steps.now.plusMillis(wait - 1);
      assertThat(steps.runNext(steps.worker())).isFalse();
      steps.now = steps.now.plusMillis(1);
    }
  }

  private BlobStore refusingDeletes(AtomicInteger refusals) {
    return (BlobStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {BlobStore.class},
            (_, method, arguments) -> {
              if (method.getName().equals("deleteAll") && refusals.getAndDecrement() > 0) {
                throw new PortFailure(
                    PortFailure.Kind.CREDENTIALS_REJECTED, "blob store", "Planted.", null);
              }
              return method.invoke(bench.blobs, arguments);
            });
  }
}
