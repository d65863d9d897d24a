package io.parley.application.document;

import io.parley.application.background.WorkSignal;
import io.parley.domain.access.Access;
import io.parley.domain.access.Actor;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.access.UserScope;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.SourceId;
import io.parley.domain.erasure.ErasureReceipt;
import io.parley.domain.erasure.ErasureReceipt.Kind;
import io.parley.domain.erasure.ErasureReceipt.Place;
import io.parley.domain.erasure.ErasureReceipt.Store;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.persistence.BotRepository;
import io.parley.domain.port.persistence.ChangeLog;
import io.parley.domain.port.persistence.DocumentRepository;
import io.parley.domain.port.persistence.ErasureRepository;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.persistence.ReceiptRepository;
import io.parley.domain.port.persistence.ReceiptRepository.NewErasure;
import io.parley.domain.port.persistence.Transactions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Begins an erasure: when it returns, nothing of what is erased can be found, cited or opened any
 * more; a job removes the bytes and rows.
 */
public final class EraseKnowledge {
  private final BotRepository bots;
  private final DocumentRepository documents;
  private final ErasureRepository erasures;
  private final ReceiptRepository receipts;
  private final ChangeLog log;
  private final JobScheduler jobs;
  private final Transactions transactions;
  private final WorkSignal signal;
  private final IdSource ids;
  private final InstantSource clock;

  EraseKnowledge(
      Persistence persistence,
      JobScheduler jobs,
      WorkSignal signal,
      IdSource ids,
      InstantSource clock) {
    this.bots = persistence.bots();
    this.documents = persistence.documents();
    this.erasures = persistence.erasures();
    this.receipts = persistence.receipts();
    this.log = persistence.changeLog();
    this.transactions = persistence.transactions();
    this.jobs = jobs;
    this.signal = signal;
    this.ids = ids;
    this.clock = clock;
  }

  /** Erases a document; empty when there is none. Needs {@code WRITE}. */
  public Optional<ErasureId> eraseDocument(BotScope scope, SourceId id) {
    scope.require(Permission.WRITE);
    return begin(erasure -> eraseDocument(scope, id, erasure));
  }

  private boolean eraseDocument(BotScope scope, SourceId id, ErasureId erasure) {
    if (!documents.tombstone(scope, id, clock.instant())) {
      return false;
    }
    start(scope, new NewErasure(erasure, Kind.DOCUMENT, scope.bot(), id, null));
    add(scope, erasure, Store.ANSWERS, erasures.blankAnswersCiting(scope, id));
    add(scope, erasure, Store.REPEATED_ANSWERS, erasures.emptyRepeats(scope, id));
    jobs.eraseSource(scope, id, erasure);
    log.sourceRemoved(scope, id);
    return true;
  }

  /** Erases a bot with all that it knows; empty when it is gone. Needs {@code WRITE}. */
  public Optional<ErasureId> eraseBot(BotScope scope) {
    scope.require(Permission.WRITE);
    return begin(erasure -> eraseBot(scope, erasure));
  }

  private boolean eraseBot(BotScope scope, ErasureId erasure) {
    if (!bots.tombstone(scope, clock.instant())) {
      return false;
    }
    start(scope, new NewErasure(erasure, Kind.BOT, scope.bot(), null, null));
    add(scope, erasure, Store.ANSWERS, erasures.blankAnswersOfBot(scope));
    add(scope, erasure, Store.REPEATED_ANSWERS, erasures.emptyRepeats(scope, null));
    jobs.eraseBot(scope, erasure);
    return true;
  }

  private void start(BotScope scope, NewErasure erasure) {
    receipts.start(owner(scope), erasure, clock.instant());
  }

  private void add(BotScope scope, ErasureId erasure, Store store, long count) {
    receipts.add(owner(scope), erasure, ErasureReceipt.FIRST, Place.of(store), count);
  }

  /** Only a bot's owner, or a key of theirs, may write to it. */
  private static UserScope owner(BotScope scope) {
    return Access.own(Actor.Person.of(scope.tenant(), scope.owner(), false));
  }

  private Optional<ErasureId> begin(Predicate<ErasureId> work) {
    ErasureId erasure = new ErasureId(ids.next());
    if (!transactions.inTransaction(() -> work.test(erasure))) {
      return Optional.empty();
    }
    signal.raise();
    return Optional.of(erasure);
  }
}
