package io.parley.application.document;

import io.parley.domain.access.UserScope;
import io.parley.domain.document.ErasureId;
import io.parley.domain.erasure.ErasureReceipt;
import io.parley.domain.erasure.ErasureReceipt.Evidence;
import io.parley.domain.erasure.ErasureReceipt.Place;
import io.parley.domain.erasure.ErasureReceipt.Store;
import io.parley.domain.erasure.Retained;
import io.parley.domain.job.Lease;
import io.parley.domain.port.persistence.JobQueue;
import io.parley.domain.port.persistence.ReceiptRepository;
import io.parley.domain.port.persistence.ReceiptRepository.Proof;
import io.parley.domain.port.persistence.Transactions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What one visit of one erasure writes down. Every change is made under the job's lease. */
final class ErasureLedger {
  private final ReceiptRepository receipts;
  private final JobQueue queue;
  private final Transactions transactions;
  private final InstantSource clock;
  private final BooleanSupplier stopping;
  private final Lease lease;
  private final UserScope owner;
  private final ErasureId id;
  private final int visit;
  private final boolean counted;

  ErasureLedger(
      ReceiptRepository receipts,
      JobQueue queue,
      Transactions transactions,
      InstantSource clock,
      BooleanSupplier stopping,
      Lease lease,
      UserScope owner,
      ErasureReceipt receipt,
      int visit) {
    this.receipts = receipts;
    this.queue = queue;
    this.transactions = transactions;
    this.clock = clock;
    this.stopping = stopping;
    this.lease = lease;
    this.owner = owner;
    this.id = receipt.id();
    this.visit = visit;
    this.counted =
        receipt.removals().stream()
            .anyMatch(r -> r.visit() == visit && r.place().store() == Store.BLOBS);
  }

  UserScope owner() {
    return owner;
  }

  ErasureId id() {
    return id;
  }

  int visit() {
    return visit;
  }

  /** Whether an attempt of this visit has already counted what there is. */
  boolean isCounted() {
    return counted;
  }

  Instant now() {
    return clock.instant();
  }

  /** One transaction, unless the process stops or another worker has the job. */
  void fenced(Runnable change) {
    if (stopping.getAsBoolean()) {
      throw new Turn.Stopped();
    }
    transactions.run(() -> {
      queue.fence(lease);
      change.run();
    });
  }

  void expect(Place place, long count) {
    receipts.expect(owner, id, visit, place, count);
  }

  void add(Store store, long count) {
    if (count > 0) {
      receipts.add(owner, id, visit, Place.of(store), count);
    }
  }

  void readBack(Store store, Set<Retained> retained) {
    confirm(Place.of(store), Evidence.READ_BACK, null, retained);
  }

  void confirm(Place place, Evidence evidence, @Nullable Long position, Set<Retained> retained) {
    receipts.confirm(
        owner, id, visit, place, new Proof(evidence, position, clock.instant(), retained));
  }
}
