package io.parley.application.document;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.Progress;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.Step;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.ChangeLog;
import io.parley.domain.port.persistence.DocumentRepository;
import io.parley.domain.port.persistence.IngestionRepository;
import io.parley.domain.port.persistence.IngestionRepository.Work;
import io.parley.domain.port.persistence.JobQueue;
import io.parley.domain.port.persistence.Transactions;
import java.time.InstantSource;
import java.util.Optional;

/** Stops the work on a document that is being taken in. */
public final class CancelDocument {
  private static final String SENTENCE = "Cancelled. Retry the document to take it in after all.";

  private final DocumentRepository documents;
  private final IngestionRepository ingestion;
  private final JobQueue queue;
  private final ChangeLog log;
  private final Transactions transactions;
  private final InstantSource clock;

  /** What became of it. */
  public sealed interface Result {
    record Cancelled(Document document) implements Result {}

    /** Nothing was running. */
    record NotRunning() implements Result {}

    record Gone() implements Result {}
  }

  public CancelDocument(
      DocumentRepository documents,
      IngestionRepository ingestion,
      JobQueue queue,
      ChangeLog log,
      Transactions transactions,
      InstantSource clock) {
    this.documents = documents;
    this.ingestion = ingestion;
    this.queue = queue;
    this.log = log;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Needs {@code WRITE}. */
  public Result cancel(BotScope scope, SourceId id) {
    scope.require(Permission.WRITE);
    Optional<Document> document = documents.find(scope, id);
    if (document.isEmpty()) {
      return new Result.Gone();
    }
    boolean cancelled = transactions.inTransaction(() -> cancel(scope, document.get().ref()));
    return cancelled
        ? documents.find(scope, id).<Result>map(Result.Cancelled::new).orElseGet(Result.Gone::new)
        : new Result.NotRunning();
  }

  /** Also when no job is left and the version only waits for the indexes. */
  private boolean cancel(BotScope scope, VersionRef ref) {
    queue.cancel(scope, ref);
    Optional<Work> work = ingestion.find(scope, ref);
    if (work.isEmpty()) {
      return false;
    }
    boolean announced = work.get().progress().step().reached(Step.EMBEDDED);
    if (announced) {
      int chunks = work.get().chunkCount();
      ingestion.progress(scope, ref, new Progress(Step.SPLIT, chunks, chunks));
    }
    ingestion.fail(scope, ref, SENTENCE, clock.instant());
    if (!hasFailed(scope, ref)) {
      return false;
    }
    if (announced) {
      log.versionRemoved(scope, ref);
    }
    return true;
  }

  /** It may have become complete just now. */
  private boolean hasFailed(BotScope scope, VersionRef ref) {
    return documents
        .find(scope, ref.source())
        .filter(d -> d.ref().equals(ref) && d.status() == DocumentStatus.ERROR)
        .isPresent();
  }
}
