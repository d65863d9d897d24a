package io.parley.adapter.web;

import io.parley.domain.access.BotScope;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.Progress;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.Step;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.Listing;
import io.parley.domain.port.persistence.DocumentRepository;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Documents in memory; nothing ever takes them in. */
final class MemoryDocuments implements DocumentRepository {
  final Map<SourceId, Document> documents = new ConcurrentHashMap<>();
  final Set<SourceId> erased = ConcurrentHashMap.newKeySet();
  volatile boolean botGone;
  private final Map<SourceId, BotId> bots = new ConcurrentHashMap<>();

  @Override
  public synchronized Adding add(BotScope scope, SourceId id, NewVersion version) {
    if (botGone) {
      return new Adding.BotGone();
    }
    Optional<Document> same = withBytes(scope, version.sha256());
    if (same.isPresent()) {
      return new Adding.AlreadyThere(same.get());
    }
    bots.put(id, scope.bot());
    Document document = document(scope, id, 1, version, DocumentStatus.PENDING);
    documents.put(id, document);
    return new Adding.Added(document);
  }

  private static Document document(
      BotScope scope, SourceId id, int number, NewVersion v, DocumentStatus status) {
    return new Document(
        id,
        scope.bot(),
        v.name(),
        v.contentType(),
        v.size(),
        v.sha256(),
        number,
        null,
        status,
        new Progress(Step.STORED, 0, 0),
        0,
        null,
        null,
        null,
        v.metadata(),
        v.uploadedAt(),
        null);
  }

  void set(SourceId id, DocumentStatus status) {
    documents.computeIfPresent(
        id,
        (_, d) ->
            new Document(
                d.id(),
                d.bot(),
                d.name(),
                d.contentType(),
                d.size(),
                d.sha256(),
                d.version(),
                d.servingVersion(),
                status,
                d.progress(),
                d.chunksCount(),
                d.pageCount(),
                d.errorMessage(),
                d.language(),
                d.metadata(),
                d.uploadedAt(),
                d.processedAt()));
  }

  @Override
  public Optional<Integer> reserveVersion(BotScope scope, SourceId id) {
    return find(scope, id).map(d -> d.version() + 1);
  }

  @Override
  public Optional<Document> addVersion(
      BotScope scope, SourceId id, int version, NewVersion content) {
    return find(scope, id)
        .map(_ -> {
          Document next = document(scope, id, version, content, DocumentStatus.PENDING);
          documents.put(id, next);
          return next;
        });
  }

  @Override
  public Optional<Document> find(BotScope scope, SourceId id) {
    return Optional.ofNullable(documents.get(id)).filter(d -> d.bot().equals(scope.bot()));
  }

  private Optional<Document> withBytes(BotScope scope, String sha256) {
    return documents.values().stream()
        .filter(d -> d.bot().equals(scope.bot()) && d.sha256().equals(sha256))
        .findFirst();
  }

  @Override
  public Listing<Document> list(BotScope scope, ListRequest request) {
    List<Document> all =
        documents.values().stream().filter(d -> d.bot().equals(scope.bot())).toList();
    return new Listing<>(
        all.stream().skip(request.skip()).limit(request.limit()).toList(), all.size(), request);
  }

  @Override
  public Optional<BlobKey> blobKey(BotScope scope, SourceId id) {
    return find(scope, id).map(d -> BlobKey.of(scope, d.ref(), d.name()));
  }

  @Override
  public Optional<OriginalFile> original(BotScope scope, VersionRef ref) {
    return find(scope, ref.source())
        .map(d -> new OriginalFile(BlobKey.of(scope, ref, d.name()), d.contentType()));
  }

  @Override
  public boolean isShown(SourceId id) {
    return !erased.contains(id);
  }

  @Override
  public long countOfAllTenants() {
    return documents.size();
  }

  @Override
  public Optional<Listing<Chunk>> chunks(BotScope scope, SourceId id, ListRequest request) {
    return find(scope, id).map(_ -> new Listing<>(List.of(), 0, request));
  }

  @Override
  public boolean reopen(BotScope scope, SourceId id) {
    boolean failed = find(scope, id).filter(d -> d.status() == DocumentStatus.ERROR).isPresent();
    if (failed) {
      set(id, DocumentStatus.PENDING);
    }
    return failed;
  }

  @Override
  public boolean tombstone(BotScope scope, SourceId id, Instant now) {
    return find(scope, id).isPresent() && documents.remove(id) != null;
  }
}
