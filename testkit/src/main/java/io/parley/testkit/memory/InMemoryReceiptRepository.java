package io.parley.testkit.memory;

import io.parley.domain.access.UserScope;
import io.parley.domain.document.ErasureId;
import io.parley.domain.erasure.ErasureReceipt;
import io.parley.domain.erasure.ErasureReceipt.Evidence;
import io.parley.domain.erasure.ErasureReceipt.Place;
import io.parley.domain.erasure.ErasureReceipt.Removal;
import io.parley.domain.erasure.ErasureReceipt.State;
import io.parley.domain.port.persistence.ReceiptRepository;
import io.parley.testkit.memory.InMemoryKnowledge.KeptReceipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Receipts in memory. */
final class InMemoryReceiptRepository implements ReceiptRepository {

  private static final Comparator<Removal> ORDER =
      Comparator.comparingInt(Removal::visit)
          .thenComparing(removal -> removal.place().store().name())
          .thenComparing(removal -> String.valueOf(removal.place().index()));

  private final InMemoryKnowledge knowledge;

  InMemoryReceiptRepository(InMemoryKnowledge knowledge) {
    this.knowledge = knowledge;
  }

  @Override
  public void start(UserScope owner, NewErasure erasure, Instant now) {
    ErasureReceipt receipt =
        new ErasureReceipt(
            erasure.id(),
            erasure.kind(),
            erasure.bot(),
            erasure.source(),
            State.PENDING,
            InMemoryDatabase.kept(now),
            null,
            null,
            null,
            null,
            List.of());
    knowledge.database.run(() ->
        knowledge.receipts.put(erasure.id(), new KeptReceipt(owner, erasure.keyHash(), receipt)));
  }

  @Override
  public void expect(UserScope owner, ErasureId id, int visit, Place place, long count) {
    change(
        owner,
        id,
        receipt ->
            at(receipt, visit, place).isPresent()
                ? receipt
                : with(receipt, fresh(visit, place, count)));
  }

  @Override
  public void add(UserScope owner, ErasureId id, int visit, Place place, long count) {
    change(
        owner,
        id,
        receipt -> {
          Removal r = at(receipt, visit, place).orElseGet(() -> fresh(visit, place, 0));
          return with(
              receipt,
              new Removal(
                  visit,
                  r.place(),
                  r.count() + count,
                  r.evidence(),
                  r.position(),
                  r.at(),
                  r.retained()));
        });
  }

  @Override
  public void confirm(UserScope owner, ErasureId id, int visit, Place place, Proof proof) {
    change(
        owner,
        id,
        receipt -> {
          Removal r = at(receipt, visit, place).orElseGet(() -> fresh(visit, place, 0));
          return with(
              receipt,
              new Removal(
                  visit,
                  r.place(),
                  r.count(),
                  proof.evidence(),
                  proof.position(),
                  InMemoryDatabase.kept(proof.at()),
                  proof.retained()));
        });
  }

  private static Removal fresh(int visit, Place place, long count) {
    return new Removal(visit, place, count, Evidence.PENDING, null, null, Set.of());
  }

  private static Optional<Removal> at(ErasureReceipt receipt, int visit, Place place) {
    return receipt.removals().stream().filter(removal -> isAt(removal, visit, place)).findFirst();
  }

  private static boolean isAt(Removal removal, int visit, Place place) {
    return removal.visit() == visit
        && removal.place().store() == place.store()
        && java.util.Objects.equals(removal.place().index(), place.index());
  }

  private static ErasureReceipt with(ErasureReceipt receipt, Removal removal) {
    List<Removal> removals = new ArrayList<>(receipt.removals());
    removals.removeIf(other -> isAt(other, removal.visit(), removal.place()));
    removals.add(removal);
    removals.sort(ORDER);
    return copy(receipt, receipt.state(), receipt.removedAt(), receipt.revisitAt(), null, removals);
  }

  @Override
  public void removed(UserScope owner, ErasureId id, Instant now, Instant revisitAt) {
    change(
        owner,
        id,
        receipt ->
            receipt.state() != State.PENDING
                ? receipt
                : copy(
                    receipt,
                    State.REMOVED,
                    InMemoryDatabase.kept(now),
                    InMemoryDatabase.kept(revisitAt),
                    null,
                    receipt.removals()));
  }

  @Override
  public void verified(UserScope owner, ErasureId id, Instant now) {
    change(
        owner,
        id,
        receipt ->
            receipt.state() != State.REMOVED
                ? receipt
                : copy(
                    receipt,
                    State.VERIFIED,
                    receipt.removedAt(),
                    receipt.revisitAt(),
                    InMemoryDatabase.kept(now),
                    receipt.removals()));
  }

  private static ErasureReceipt copy(
      ErasureReceipt of,
      State state,
      @Nullable Instant removedAt,
      @Nullable Instant revisitAt,
      @Nullable Instant verifiedAt,
      List<Removal> removals) {
    return new ErasureReceipt(
        of.id(),
        of.kind(),
        of.bot(),
        of.source(),
        state,
        of.startedAt(),
        removedAt,
        revisitAt,
        verifiedAt == null ? of.verifiedAt() : verifiedAt,
        of.waitingFor(),
        removals);
  }

  private void change(UserScope owner, ErasureId id, UnaryOperator<ErasureReceipt> change) {
    knowledge.database.run(() ->
        own(owner, id)
            .ifPresent(kept ->
                knowledge.receipts.put(
                    id, new KeptReceipt(owner, kept.keyHash(), change.apply(kept.receipt())))));
  }

  private Optional<KeptReceipt> own(UserScope owner, ErasureId id) {
    return knowledge.receipts.get(id).filter(kept -> isOf(kept.owner(), owner));
  }

  private static boolean isOf(@Nullable UserScope owner, UserScope scope) {
    return owner != null
        && owner.tenant().equals(scope.tenant())
        && owner.user().equals(scope.user());
  }

  @Override
  public Optional<ErasureReceipt> find(UserScope owner, ErasureId id) {
    return knowledge.database.inTransaction(() -> own(owner, id).map(this::shown));
  }

  @Override
  public Optional<Keyed> findKeyed(ErasureId id) {
    return knowledge.database.inTransaction(() ->
        knowledge
            .receipts
            .get(id)
            .flatMap(kept ->
                Optional.ofNullable(kept.keyHash()).map(hash -> new Keyed(hash, shown(kept)))));
  }

  private ErasureReceipt shown(KeptReceipt kept) {
    ErasureReceipt r = kept.receipt();
    String waitingFor =
        knowledge
            .jobs
            .values()
            .filter(job -> r.id().equals(job.job().erasure()))
            .filter(job -> job.state() != KeptJob.State.ENDED)
            .max(Comparator.comparingLong(KeptJob::sequence))
            .map(KeptJob::error)
            .orElse(null);
    return new ErasureReceipt(
        r.id(),
        r.kind(),
        r.bot(),
        r.source(),
        r.state(),
        r.startedAt(),
        r.removedAt(),
        r.revisitAt(),
        r.verifiedAt(),
        waitingFor,
        r.removals());
  }
}
