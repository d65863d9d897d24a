package io.parley.application.document;

import io.parley.application.background.WorkSignal;
import io.parley.application.document.FileReceiver.Received;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.persistence.DocumentRepository;
import io.parley.domain.port.persistence.DocumentRepository.Adding;
import io.parley.domain.port.persistence.Transactions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes files, or new versions of documents: bytes first, then the rows and their work in one
 * transaction.
 */
public final class UploadDocument {
  private final DocumentRepository documents;
  private final FileReceiver receiver;
  private final JobScheduler jobs;
  private final Transactions transactions;
  private final WorkSignal signal;
  private final IdSource ids;

  UploadDocument(
      DocumentRepository documents,
      FileReceiver receiver,
      JobScheduler jobs,
      Transactions transactions,
      WorkSignal signal,
      IdSource ids) {
    this.documents = documents;
    this.receiver = receiver;
    this.jobs = jobs;
    this.transactions = transactions;
    this.signal = signal;
    this.ids = ids;
  }

  /**
   * Why nothing can be taken now, whatever it is; empty when it can. To be asked before a body is
   * read; each upload asks again. Needs {@code WRITE}.
   */
  public Optional<UploadResult.Refused> refusal(BotScope scope) {
    scope.require(Permission.WRITE);
    return receiver.refusal(scope, 0);
  }

  /**
   * Adds a document. Needs {@code WRITE}. When it says {@code Accepted}, the file will not be lost.
   */
  public UploadResult upload(BotScope scope, IncomingFile file) {
    try (Upload upload = begin(scope)) {
      Optional<UploadResult.Refused> refused = upload.receive(file.name(), file.content());
      return refused.isPresent()
          ? refused.get()
          : upload
              .add(file.metadata())
              .<UploadResult>map(List::getFirst)
              .orElseGet(UploadResult.Gone::new);
    }
  }

  /** Begins to add several documents together. Needs {@code WRITE}. */
  public Upload begin(BotScope scope) {
    scope.require(Permission.WRITE);
    return new Upload(this, receiver, scope);
  }

  /** Adds a new version of a document. Needs {@code WRITE}. */
  public UploadResult replace(BotScope scope, SourceId id, IncomingFile file) {
    try (Replacement replacement = beginReplacement(scope, id)) {
      Optional<UploadResult.Refused> refused = replacement.receive(file.name(), file.content());
      return refused.isPresent() ? refused.get() : replacement.add(file.metadata());
    }
  }

  /** Begins to add a new version of a document. Needs {@code WRITE}. */
  public Replacement beginReplacement(BotScope scope, SourceId id) {
    scope.require(Permission.WRITE);
    return new Replacement(this, receiver, scope, id);
  }

  UUID newId() {
    return ids.next();
  }

  Optional<Integer> reserveVersion(BotScope scope, SourceId id) {
    return documents.reserveVersion(scope, id);
  }

  Optional<List<UploadResult.Taken>> add(
      BotScope scope, List<Received.Stored> files, Metadata metadata) {
    Map<SourceId, Adding> addings =
        transactions.inTransaction(() -> addAll(scope, files, metadata));
    if (addings.containsValue(new Adding.BotGone())) {
      return Optional.empty();
    }
    List<UploadResult.Taken> taken =
        files.stream()
            .map(file -> taken(scope, Objects.requireNonNull(addings.get(file.ref().source()))))
            .toList();
    signal.raise();
    return Optional.of(taken);
  }

  /**
   * In the order of their checksums, because each is locked, and the jobs, which lock their owner's
   * row, after all of them: two requests with the same files do not wait for one another. Once one
   * was added, its bot cannot go before the transaction ends.
   */
  private Map<SourceId, Adding> addAll(
      BotScope scope, List<Received.Stored> files, Metadata metadata) {
    Map<SourceId, Adding> addings = new HashMap<>();
    for (Received.Stored file :
        files.stream().sorted(Comparator.comparing(Received.Stored::sha256)).toList()) {
      Adding adding = documents.add(scope, file.ref().source(), file.with(metadata));
      addings.put(file.ref().source(), adding);
    }
    files.stream()
        .filter(file -> addings.get(file.ref().source()) instanceof Adding.Added)
        .forEach(file -> jobs.ingest(scope, file.ref()));
    return addings;
  }

  private UploadResult.Taken taken(BotScope scope, Adding adding) {
    return switch (adding) {
      case Adding.Added added -> new UploadResult.Accepted(added.document());
      case Adding.AlreadyThere there ->
          new UploadResult.AlreadyThere(tryAgain(scope, there.document()));
      case Adding.BotGone _ -> throw new IllegalStateException("The bot was there just now.");
    };
  }

  UploadResult addVersion(BotScope scope, Received.Stored file, Metadata metadata) {
    SourceId id = file.ref().source();
    Optional<Document> before = documents.find(scope, id);
    if (before.isPresent() && before.get().sha256().equals(file.sha256())) {
      return new UploadResult.AlreadyThere(tryAgain(scope, before.get()));
    }
    int number = file.ref().version();
    Optional<Document> added =
        transactions.inTransaction(() -> {
          Optional<Document> document =
              documents.addVersion(scope, id, number, file.with(metadata));
          document.ifPresent(_ -> jobs.ingest(scope, file.ref()));
          return document;
        });
    signal.raise();
    return added.<UploadResult>map(UploadResult.Accepted::new).orElseGet(UploadResult.Gone::new);
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
