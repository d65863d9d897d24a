package io.parley.application.document;

import io.parley.application.background.WorkSignal;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.persistence.DocumentRepository;
import io.parley.domain.port.persistence.DocumentRepository.Adding;
import io.parley.domain.port.persistence.DocumentRepository.NewVersion;
import io.parley.domain.port.persistence.Transactions;
import io.parley.domain.port.storage.BlobStore;
import java.util.Optional;

/**
 * Takes a file, or a new version of one: bytes first, then the row and its work in one transaction.
 */
public final class UploadDocument {
  private final DocumentRepository documents;
  private final BlobStore blobs;
  private final FileReceiver receiver;
  private final JobScheduler jobs;
  private final Transactions transactions;
  private final WorkSignal signal;
  private final IdSource ids;

  UploadDocument(
      DocumentRepository documents,
      BlobStore blobs,
      FileReceiver receiver,
      JobScheduler jobs,
      Transactions transactions,
      WorkSignal signal,
      IdSource ids) {
    this.documents = documents;
    this.blobs = blobs;
    this.receiver = receiver;
    this.jobs = jobs;
    this.transactions = transactions;
    this.signal = signal;
    this.ids = ids;
  }

  /**
   * Adds a document. Needs {@code WRITE}. When it says {@code Accepted}, the file will not be lost.
   */
  public UploadResult upload(BotScope scope, IncomingFile file) {
    scope.require(Permission.WRITE);
    SourceId id = new SourceId(ids.next());
    return switch (receiver.receive(scope, new VersionRef(id, 1), file)) {
      case FileReceiver.Received.Refused refused -> refused.why();
      case FileReceiver.Received.Stored stored -> add(scope, id, stored);
    };
  }

  private UploadResult add(BotScope scope, SourceId id, FileReceiver.Received.Stored stored) {
    Adding adding =
        transactions.inTransaction(() -> {
          Adding result = documents.add(scope, id, stored.version());
          if (result instanceof Adding.Added) {
            jobs.ingest(scope, new VersionRef(id, 1));
          }
          return result;
        });
    return switch (adding) {
      case Adding.Added added -> accepted(added.document());
      case Adding.AlreadyThere there -> {
        blobs.delete(scope, stored.key());
        yield new UploadResult.AlreadyThere(tryAgain(scope, there.document()));
      }
    };
  }

  /** Adds a new version of a document. Needs {@code WRITE}. */
  public UploadResult replace(BotScope scope, SourceId id, IncomingFile file) {
    scope.require(Permission.WRITE);
    Optional<Integer> version = documents.reserveVersion(scope, id);
    if (version.isEmpty()) {
      return new UploadResult.Gone();
    }
    return switch (receiver.receive(scope, new VersionRef(id, version.get()), file)) {
      case FileReceiver.Received.Refused refused -> refused.why();
      case FileReceiver.Received.Stored stored -> addVersion(scope, id, version.get(), stored);
    };
  }

  private UploadResult addVersion(
      BotScope scope, SourceId id, int number, FileReceiver.Received.Stored stored) {
    Optional<Document> before = documents.find(scope, id);
    if (before.isPresent() && sameBytes(before.get(), stored.version())) {
      blobs.delete(scope, stored.key());
      return new UploadResult.AlreadyThere(tryAgain(scope, before.get()));
    }
    Optional<Document> added =
        transactions.inTransaction(() -> {
          Optional<Document> document = documents.addVersion(scope, id, number, stored.version());
          document.ifPresent(d -> jobs.ingest(scope, new VersionRef(id, number)));
          return document;
        });
    if (added.isEmpty()) {
      blobs.delete(scope, stored.key());
      return new UploadResult.Gone();
    }
    return accepted(added.get());
  }

  private static boolean sameBytes(Document document, NewVersion version) {
    return document.sha256().equals(version.sha256());
  }

  private UploadResult accepted(Document document) {
    signal.raise();
    return new UploadResult.Accepted(document);
  }

  private Document tryAgain(BotScope scope, Document document) {
    return document.status() == DocumentStatus.ERROR
        ? reopen(scope, document.id()).orElse(document)
        : document;
  }

  /** Tries a document again that ended in an error; empty when it has not. Needs {@code WRITE}. */
  public Optional<Document> reopen(BotScope scope, SourceId id) {
    boolean reopened =
        transactions.inTransaction(() -> {
          if (!documents.reopen(scope, id)) {
            return false;
          }
          documents.find(scope, id).ifPresent(d -> jobs.ingest(scope, d.ref()));
          return true;
        });
    if (!reopened) {
      return Optional.empty();
    }
    signal.raise();
    return documents.find(scope, id);
  }
}
