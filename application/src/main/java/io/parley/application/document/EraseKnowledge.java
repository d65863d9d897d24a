package io.parley.application.document;

import io.parley.application.background.WorkSignal;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.SourceId;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.persistence.BotRepository;
import io.parley.domain.port.persistence.ChangeLog;
import io.parley.domain.port.persistence.DocumentRepository;
import io.parley.domain.port.persistence.ErasureRepository;
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
  private final ChangeLog log;
  private final JobScheduler jobs;
  private final Transactions transactions;
  private final WorkSignal signal;
  private final IdSource ids;
  private final InstantSource clock;

  EraseKnowledge(
      BotRepository bots,
      DocumentRepository documents,
      ErasureRepository erasures,
      ChangeLog log,
      JobScheduler jobs,
      Transactions transactions,
      WorkSignal signal,
      IdSource ids,
      InstantSource clock) {
    this.bots = bots;
    this.documents = documents;
    this.erasures = erasures;
    this.log = log;
    this.jobs = jobs;
    this.transactions = transactions;
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
    erasures.start(scope, erasure, id, clock.instant());
    erasures.blankAnswersCiting(scope, id);
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
    erasures.start(scope, erasure, null, clock.instant());
    erasures.blankAnswersOfBot(scope);
    jobs.eraseBot(scope, erasure);
    return true;
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
