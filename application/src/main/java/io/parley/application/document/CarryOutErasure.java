package io.parley.application.document;

import io.parley.domain.access.Access;
import io.parley.domain.access.Actor;
import io.parley.domain.access.BotGrant;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.access.UserScope;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.ErasureId;
import io.parley.domain.erasure.ErasureReceipt;
import io.parley.domain.erasure.ErasureReceipt.Store;
import io.parley.domain.erasure.Retained;
import io.parley.domain.job.Job;
import io.parley.domain.job.Lease;
import io.parley.domain.port.persistence.AccountErasureRepository;
import io.parley.domain.port.persistence.ErasureRepository;
import io.parley.domain.port.persistence.JobQueue;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.persistence.ReceiptRepository;
import io.parley.domain.port.persistence.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Removes what a tombstone has made invisible, in two visits. The first takes it out of every
 * store, reads back, and writes down what is known. The second comes when nothing that was under
 * way can still write: it removes what came late, gives up the bytes, and takes the tombstones
 * away. Each part may run again.
 */
final class CarryOutErasure {
  private final ReceiptRepository receipts;
  private final AccountErasureRepository accounts;
  private final ErasureRepository erasures;
  private final JobQueue queue;
  private final Transactions transactions;
  private final JobScheduler jobs;
  private final RemoveKnowledge knowledge;
  private final ReclaimSpace space;
  private final Duration revisitAfter;
  private final InstantSource clock;
  private volatile boolean stopping;

  /**
   * @param revisitAfter longer than any lease, upload or answer that may be under way
   */
  CarryOutErasure(
      Persistence persistence,
      JobScheduler jobs,
      RemoveKnowledge knowledge,
      ReclaimSpace space,
      Duration revisitAfter,
      InstantSource clock) {
    this.receipts = persistence.receipts();
    this.accounts = persistence.accountErasures();
    this.erasures = persistence.erasures();
    this.queue = persistence.jobs();
    this.transactions = persistence.transactions();
    this.jobs = jobs;
    this.knowledge = knowledge;
    this.space = space;
    this.revisitAfter = revisitAfter;
    this.clock = clock;
  }

  /** From now on the work ends before its next change. */
  void stop() {
    stopping = true;
  }

  /** Empty when it is done; else what it waits for, and it must come back. */
  Optional<String> run(Lease lease) {
    Job job = lease.job();
    UserScope owner = Access.own(Actor.Person.of(job.tenant(), job.owner(), false));
    ErasureId id = Objects.requireNonNull(job.erasure());
    Optional<ErasureReceipt> receipt = receipts.find(owner, id);
    if (receipt.isEmpty()) {
      return Optional.empty(); // It went with its owner's account.
    }
    return switch (receipt.get().state()) {
      case PENDING -> first(lease, ledger(lease, owner, receipt.get(), ErasureReceipt.FIRST));
      case REMOVED ->
          isDue(receipt.get())
              ? second(
                  lease,
                  ledger(lease, owner, receipt.get(), ErasureReceipt.SECOND),
                  Objects.requireNonNull(receipt.get().removedAt()))
              : Optional.empty(); // Its own job comes for it.
      case VERIFIED -> Optional.empty();
    };
  }

  private boolean isDue(ErasureReceipt receipt) {
    Instant due = receipt.revisitAt();
    return due == null || !clock.instant().isBefore(due);
  }

  private ErasureLedger ledger(Lease lease, UserScope owner, ErasureReceipt receipt, int visit) {
    return new ErasureLedger(
        receipts, queue, transactions, clock, () -> stopping, lease, owner, receipt, visit);
  }

  private Optional<String> first(Lease lease, ErasureLedger ledger) {
    Optional<String> waiting = visit(lease.job(), ledger);
    if (waiting.isEmpty()) {
      Instant revisitAt = clock.instant().plus(revisitAfter);
      ledger.fenced(() -> {
        receipts.removed(ledger.owner(), ledger.id(), clock.instant(), revisitAt);
        jobs.again(lease.job(), revisitAt);
      });
    }
    return waiting;
  }

  private Optional<String> second(Lease lease, ErasureLedger ledger, Instant removedAt) {
    Job job = lease.job();
    Optional<String> waiting = visit(job, ledger);
    if (waiting.isPresent()) {
      return waiting;
    }
    if (!knowledge.purged()) {
      return Optional.of("Waiting for the index to give up the bytes of what was removed.");
    }
    ledger.fenced(() -> removeTombstones(job, ledger));
    Set<Retained> retained = space.since(cameLate(ledger) ? clock.instant() : removedAt);
    ledger.fenced(() -> {
      ledger.readBack(Store.ROWS, retained);
      receipts.verified(ledger.owner(), ledger.id(), clock.instant());
      if (job.bot() == null) {
        queue.complete(lease, clock.instant());
        accounts.remove(ledger.owner(), ledger.id());
      }
    });
    return Optional.empty();
  }

  /** What was removed only now still has its bytes, whoever has given up space before. */
  private boolean cameLate(ErasureLedger ledger) {
    return receipts.find(ledger.owner(), ledger.id()).stream()
        .flatMap(receipt -> receipt.removals().stream())
        .anyMatch(r -> r.visit() == ErasureReceipt.SECOND && r.count() > 0);
  }

  private Optional<String> visit(Job job, ErasureLedger ledger) {
    if (job.bot() == null) {
      ledger.fenced(
          () -> ledger.add(Store.ACCOUNT, accounts.removeLate(ledger.owner(), clock.instant())));
    }
    Optional<String> waiting = knowledge.remove(bots(job, ledger), job.source(), ledger);
    if (waiting.isEmpty() && job.bot() == null) {
      knowledge.removeFilesOf(ledger);
      ledger.fenced(() -> ledger.readBack(Store.ACCOUNT, Set.of()));
    }
    return waiting;
  }

  private void removeTombstones(Job job, ErasureLedger ledger) {
    bots(job, ledger).forEach(bot -> erasures.removeTombstones(bot, job.source()));
  }

  private List<BotScope> bots(Job job, ErasureLedger ledger) {
    BotId bot = job.bot();
    return bot == null
        ? accounts.bots(ledger.owner(), Integer.MAX_VALUE).stream()
            .map(each -> scope(job, each))
            .toList()
        : List.of(scope(job, bot));
  }

  /** From the job itself, because an erased bot is hidden from every look-up. */
  static BotScope scope(Job job, BotId bot) {
    BotGrant grant = new BotGrant(bot, job.tenant(), job.owner(), false);
    Actor worker = new Actor.Worker(job.tenant(), bot);
    return switch (Access.check(worker, grant, Permission.WRITE)) {
      case Access.Decision.Granted granted -> granted.scope();
      case Access.Decision.Forbidden _, Access.Decision.Hidden _ ->
          throw new IllegalStateException("A job acts for its own bot.");
    };
  }
}
