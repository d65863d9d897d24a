package io.parley.application.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.application.Bench;
import io.parley.application.document.EraseAccount.Result;
import io.parley.domain.access.Access;
import io.parley.domain.access.UserScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.erasure.ErasureReceipt;
import io.parley.domain.erasure.ErasureReceipt.Evidence;
import io.parley.domain.erasure.ErasureReceipt.Removal;
import io.parley.domain.erasure.ErasureReceipt.State;
import io.parley.domain.erasure.ErasureReceipt.Store;
import io.parley.domain.port.Secret;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EraseAccountTest {
  private final Steps steps = new Steps();
  private final Bench bench = steps.bench;
  private final UserScope user = Access.own(bench.person);

  private SourceId indexed() {
    SourceId id = steps.uploaded("One.");
    steps.runNext(steps.worker());
    steps.followed();
    return id;
  }

  private Result.Begun erased() {
    return (Result.Begun) steps.eraseAccount().erase(bench.person);
  }

  private ErasureReceipt receipt(Result.Begun begun) {
    return new ReadReceipt(bench.database.receipts())
        .find(begun.erasure(), begun.receiptKey())
        .orElseThrow();
  }

  private void work() {
    for (int i = 0; i < 50 && steps.hasWork(); i++) {
      steps.followed();
      steps.claim().ifPresent(steps.worker()::run);
      steps.now = steps.now.plus(Steps.REVISIT);
    }
  }

  @Test
  void anErasedAccountLeavesNothingButItsReceipt() {
    SourceId id = indexed();
    Result.Begun begun = erased();
    assertThat(bench.database.users().find(user).orElseThrow().active()).isFalse();
    assertThat(bench.database.bots().find(bench.scope)).isEmpty();

    work();

    ErasureReceipt receipt = receipt(begun);
    assertThat(receipt.state()).isEqualTo(State.VERIFIED);
    assertThat(receipt.removals()).allMatch(r -> r.evidence() == Evidence.READ_BACK);
    assertThat(bench.database.users().findForCredential(user.user())).isEmpty();
    assertThat(bench.database.accountErasures().bots(user, 9)).isEmpty();
    assertThat(bench.blobs.count(user)).isZero();
    assertThat(bench.words.chunksOf(id)).isEmpty();
    assertThat(bench.vectors.chunksOf(id)).isEmpty();
    assertThat(steps.hasWork()).isFalse();
  }

  @Test
  void aFileThatNoRowEverKnewGoesToo() {
    indexed();
    Result.Begun begun = erased();
    VersionRef orphan = new VersionRef(new SourceId(UUID.randomUUID()), 1);
    bench.blobs.put(
        bench.scope,
        BlobKey.of(bench.scope, orphan, new DocumentName("late.txt")),
        Bench.file("late.txt", "Late.").content(),
        99);

    work();

    assertThat(bench.blobs.count(user)).isZero();
    assertThat(receipt(begun).removals())
        .filteredOn(r -> r.place().store() == Store.BLOBS && r.visit() == 1)
        .extracting(Removal::count)
        .containsExactly(2L);
  }

  @Test
  void onlyTheKeyOpensTheReceipt() {
    Result.Begun begun = erased();
    ReadReceipt read = new ReadReceipt(bench.database.receipts());

    assertThat(read.find(begun.erasure(), new Secret("guessed"))).isEmpty();
    assertThat(read.find(begun.erasure(), begun.receiptKey())).isPresent();
    assertThat(begun.receiptKey().reveal()).hasSizeGreaterThan(40);
  }

  @Test
  void anAccountIsErasedOnce() {
    erased();

    assertThat(steps.eraseAccount().erase(bench.person)).isInstanceOf(Result.Gone.class);
  }

  @Test
  void anErasureOfAnAccountThatIsKilledAtAnyCallGoesOn() {
    for (int call = 1; call < 400; call++) {
      EraseAccountTest fresh = new EraseAccountTest();
      AtomicInteger left = new AtomicInteger(call);
      assertThat(fresh.endsAfterAKillAt(left)).as("killed at call %d", call).isTrue();
      if (left.get() > 0) {
        assertThat(call).isGreaterThan(20);
        return;
      }
    }
    throw new AssertionError("The erasure made more calls than were numbered.");
  }

  private boolean endsAfterAKillAt(AtomicInteger left) {
    indexed();
    Result.Begun begun = erased();
    for (int i = 0; i < 30 && steps.hasWork(); i++) {
      steps.followed();
      try {
        steps.claim().ifPresent(lease -> steps.workerKilledAt(left).run(lease));
      } catch (Killing.Killed e) {
        // The next worker takes the job up when the lease has expired.
      }
      steps.now = steps.now.plus(Steps.REVISIT);
    }
    return receipt(begun).state() == State.VERIFIED
        && bench.database.users().findForCredential(user.user()).isEmpty()
        && bench.blobs.count(user) == 0
        && bench.words.count() == 0
        && steps.claim().isEmpty();
  }
}
