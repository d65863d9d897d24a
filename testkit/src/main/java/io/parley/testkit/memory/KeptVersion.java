package io.parley.testkit.memory;

import io.parley.domain.access.BotScope;
import io.parley.domain.account.UserId;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.Progress;
import io.parley.domain.document.Step;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.DocumentRepository.NewVersion;
import io.parley.domain.retrieval.ChunkAttributes;
import io.parley.domain.transfer.ArchivedVersion;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A version as it is kept in memory. */
record KeptVersion(
    VersionRef ref,
    UserId blobOwner,
    NewVersion content,
    DocumentStatus status,
    Progress progress,
    Products products,
    @Nullable Long logPosition,
    @Nullable String error,
    @Nullable Instant processedAt) {

  /** What the steps have found out. */
  record Products(
      @Nullable String title, @Nullable String language, @Nullable Integer pages, int chunks) {}

  static KeptVersion stored(VersionRef ref, BotScope scope, NewVersion content) {
    return new KeptVersion(
        ref,
        scope.owner(),
        content,
        DocumentStatus.PENDING,
        new Progress(Step.STORED, 0, 0),
        new Products(null, null, null, 0),
        null,
        null,
        null);
  }

  boolean hasEnded() {
    return status == DocumentStatus.COMPLETE || status == DocumentStatus.ERROR;
  }

  KeptVersion at(Progress to) {
    return new KeptVersion(
        ref, blobOwner, content, DocumentStatus.PROCESSING, to, products, logPosition, error, null);
  }

  KeptVersion paused() {
    return new KeptVersion(
        ref, blobOwner, content, status, untimed(), products, logPosition, error, processedAt);
  }

  private Progress untimed() {
    return new Progress(progress.step(), progress.done(), progress.total());
  }

  KeptVersion passed(Step step, Products found, int units) {
    return new KeptVersion(
        ref,
        blobOwner,
        content,
        DocumentStatus.PROCESSING,
        new Progress(step, 0, units),
        found,
        logPosition,
        error,
        null);
  }

  private Progress all(Step step) {
    return new Progress(step, products.chunks(), products.chunks());
  }

  KeptVersion announced(long position) {
    return new KeptVersion(
        ref,
        blobOwner,
        content,
        DocumentStatus.PROCESSING,
        all(Step.EMBEDDED),
        products,
        position,
        error,
        null);
  }

  KeptVersion ended(DocumentStatus end, @Nullable String sentence, @Nullable Instant now) {
    Progress last = end == DocumentStatus.COMPLETE ? all(Step.INDEXED) : untimed();
    return new KeptVersion(
        ref, blobOwner, content, end, last, products, logPosition, sentence, now);
  }

  KeptVersion reopened() {
    return new KeptVersion(
        ref,
        blobOwner,
        content,
        DocumentStatus.PENDING,
        progress,
        products,
        logPosition,
        null,
        null);
  }

  ArchivedVersion archived() {
    return new ArchivedVersion(
        ref,
        content.name(),
        content.contentType(),
        content.size(),
        content.sha256(),
        content.metadata(),
        products.language(),
        products.title(),
        status,
        progress.step(),
        products.pages(),
        products.chunks(),
        error,
        InMemoryDatabase.kept(content.uploadedAt()),
        processedAt == null ? null : InMemoryDatabase.kept(processedAt));
  }

  BlobKey blob() {
    return new BlobKey(blobOwner, ref, content.name());
  }

  ChunkAttributes attributes(KeptSource source) {
    return new ChunkAttributes(
        source.tenant(),
        source.bot(),
        ref,
        source.type(),
        content.contentType().mediaType(),
        InMemoryDatabase.kept(content.uploadedAt()),
        products.language(),
        content.metadata());
  }

  Document document(KeptSource source) {
    return new Document(
        source.id(),
        source.bot(),
        content.name(),
        content.contentType(),
        content.size(),
        content.sha256(),
        ref.version(),
        source.serving(),
        status,
        progress,
        products.chunks(),
        products.pages(),
        error,
        products.language(),
        content.metadata(),
        InMemoryDatabase.kept(content.uploadedAt()),
        processedAt == null ? null : InMemoryDatabase.kept(processedAt));
  }
}
