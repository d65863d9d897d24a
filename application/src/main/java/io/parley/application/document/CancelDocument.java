package io.parley.application.document;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.Document;
import io.parley.domain.document.SourceId;
import io.parley.domain.port.persistence.DocumentRepository;
import io.parley.domain.port.persistence.IngestionRepository;
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
      Transactions transactions,
      InstantSource clock) {
    this.documents = documents;
    this.ingestion = ingestion;
    this.queue = queue;
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
    boolean cancelled =
        transactions.inTransaction(() -> {
          if (!queue.cancel(document.get().ref())) {
            return false;
          }
          ingestion.fail(scope, document.get().ref(), SENTENCE, clock.instant());
          return true;
        });
    return cancelled
        ? documents.find(scope, id).<Result>map(Result.Cancelled::new).orElseGet(Result.Gone::new)
        : new Result.NotRunning();
  }
}
