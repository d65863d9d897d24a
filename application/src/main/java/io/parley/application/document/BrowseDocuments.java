package io.parley.application.document;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.Document;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.Listing;
import io.parley.domain.port.persistence.DocumentRepository;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.port.storage.PreviewAs;
import io.parley.domain.port.storage.PreviewLink;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows documents. Every method with a scope needs {@code READ}. */
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

  /**
   * Links to the files of versions, such as those that are cited, that work without a credential
   * for an hour; without those that are not there. Asks the database once.
   */
  public Map<VersionRef, PreviewLink> previews(BotScope scope, Collection<VersionRef> refs) {
    Map<VersionRef, PreviewLink> links = new HashMap<>();
    documents
        .originals(scope, refs)
        .forEach((ref, file) ->
            links.put(
                ref,
                blobs.preview(
                    scope,
                    file.key(),
                    new PreviewAs(file.key().name(), file.contentType()),
                    PREVIEW_VALID_FOR)));
    return links;
  }

  /** Whether a link to a file of this source may still be followed. Needs no scope. */
  public boolean isShown(SourceId id) {
    return documents.isShown(id);
  }

  /** A link to the newest original file that works without a credential for an hour. */
  public Optional<PreviewLink> preview(BotScope scope, SourceId id) {
    return documents
        .find(scope, id)
        .map(Document::ref)
        .flatMap(ref -> Optional.ofNullable(previews(scope, List.of(ref)).get(ref)));
  }
}
