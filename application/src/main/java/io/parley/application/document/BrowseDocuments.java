package io.parley.application.document;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.Document;
import io.parley.domain.document.SourceId;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.Listing;
import io.parley.domain.port.persistence.DocumentRepository;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.port.storage.PreviewAs;
import io.parley.domain.port.storage.PreviewLink;
import java.time.Duration;
import java.util.Optional;

/** Shows documents. Every method needs {@code READ}. */
public final class BrowseDocuments {
  private static final Duration PREVIEW_VALID_FOR = Duration.ofHours(1);

  private final DocumentRepository documents;
  private final BlobStore blobs;

  public BrowseDocuments(DocumentRepository documents, BlobStore blobs) {
    this.documents = documents;
    this.blobs = blobs;
  }

  /** Newest first. */
  public Listing<Document> list(BotScope scope, ListRequest request) {
    return documents.list(scope, request);
  }

  public Optional<Document> find(BotScope scope, SourceId id) {
    return documents.find(scope, id);
  }

  /** In their order; empty when there is no such document. */
  public Optional<Listing<Chunk>> chunks(BotScope scope, SourceId id, ListRequest request) {
    return documents.chunks(scope, id, request);
  }

  /** A link to the original file that works without a credential for an hour. */
  public Optional<PreviewLink> preview(BotScope scope, SourceId id) {
    Optional<BlobKey> key = documents.blobKey(scope, id);
    return documents
        .find(scope, id)
        .flatMap(d ->
            key.map(k ->
                blobs.preview(
                    scope, k, new PreviewAs(d.name(), d.contentType()), PREVIEW_VALID_FOR)));
  }
}
