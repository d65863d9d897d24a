package io.parley.testkit.memory;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.SourceType;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.Listing;
import io.parley.domain.port.persistence.DocumentRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Documents in memory. */
final class InMemoryDocumentRepository implements DocumentRepository {

  private static final Comparator<KeptSource> NEWEST_FIRST =
      Comparator.comparing(KeptSource::createdAt)
          .reversed()
          .thenComparing(source -> source.id().toString());

  private final InMemoryKnowledge knowledge;

  InMemoryDocumentRepository(InMemoryKnowledge knowledge) {
    this.knowledge = knowledge;
  }

  @Override
  public Adding add(BotScope scope, SourceId id, NewVersion version) {
    scope.require(Permission.WRITE);
    return knowledge.database.inTransaction(() ->
        withBytes(scope, version.sha256())
            .<Adding>map(Adding.AlreadyThere::new)
            .orElseGet(() -> insert(scope, id, version)));
  }

  private Adding insert(BotScope scope, SourceId id, NewVersion version) {
    if (!knowledge.isLive(scope)) {
      return new Adding.BotGone();
    }
    Instant now = InMemoryDatabase.kept(version.uploadedAt());
    KeptSource source = KeptSource.document(id, scope, now);
    knowledge.sources.put(id, source);
    return new Adding.Added(insert(scope, source, 1, version));
  }

  private Document insert(BotScope scope, KeptSource source, int version, NewVersion content) {
    VersionRef ref = new VersionRef(source.id(), version);
    knowledge.versions.put(ref, KeptVersion.stored(ref, scope, content));
    return newest(source).orElseThrow();
  }

  @Override
  public Optional<Integer> reserveVersion(BotScope scope, SourceId id) {
    scope.require(Permission.WRITE);
    return knowledge.database.inTransaction(() ->
        source(scope, id)
            .map(source -> {
              int next = source.lastVersion() + 1;
              knowledge.sources.put(id, source.withVersions(next, source.newestVersion()));
              return next;
            }));
  }

  @Override
  public Optional<Document> addVersion(
      BotScope scope, SourceId id, int version, NewVersion content) {
    scope.require(Permission.WRITE);
    return knowledge.database.inTransaction(() ->
        source(scope, id)
            .filter(source -> source.lastVersion() >= version)
            .map(source -> {
              int newest = Math.max(source.newestVersion(), version);
              KeptSource moved = source.withVersions(source.lastVersion(), newest);
              knowledge.sources.put(id, moved);
              return insert(scope, moved, version, content);
            }));
  }

  @Override
  public Optional<Document> find(BotScope scope, SourceId id) {
    scope.require(Permission.READ);
    return knowledge.database.inTransaction(() -> source(scope, id).flatMap(this::newest));
  }

  private Optional<Document> withBytes(BotScope scope, String sha256) {
    return documents(scope)
        .sorted(NEWEST_FIRST.reversed())
        .flatMap(source -> newest(source).stream())
        .filter(document -> document.sha256().equals(sha256))
        .findFirst();
  }

  @Override
  public Listing<Document> list(BotScope scope, ListRequest request) {
    scope.require(Permission.READ);
    return knowledge.database.inTransaction(() ->
        InMemoryDatabase.listing(
            documents(scope).sorted(NEWEST_FIRST).flatMap(source -> newest(source).stream()),
            request));
  }

  @Override
  public Optional<BlobKey> blobKey(BotScope scope, SourceId id) {
    scope.require(Permission.READ);
    return knowledge.database.inTransaction(() ->
        source(scope, id)
            .flatMap(source -> knowledge.versions.get(source.newest()))
            .map(KeptVersion::blob));
  }

  @Override
  public Map<VersionRef, OriginalFile> originals(BotScope scope, Collection<VersionRef> refs) {
    scope.require(Permission.READ);
    return knowledge.database.inTransaction(() ->
        refs.stream()
            .distinct()
            .filter(ref -> source(scope, ref.source()).isPresent())
            .flatMap(ref -> knowledge.versions.get(ref).stream())
            .map(v -> new OriginalFile(v.blob(), v.content().contentType()))
            .collect(Collectors.toMap(file -> file.key().ref(), Function.identity())));
  }

  @Override
  public boolean isShown(SourceId id) {
    return knowledge.database.inTransaction(
        () -> knowledge.sources.get(id).filter(knowledge::isVisible).isPresent());
  }

  @Override
  public long countOfAllTenants() {
    return knowledge.database.inTransaction(
        () -> knowledge.sources.values().filter(s -> s.type() == SourceType.DOCUMENT).count());
  }

  @Override
  public Optional<Listing<Chunk>> chunks(BotScope scope, SourceId id, ListRequest request) {
    scope.require(Permission.READ);
    return knowledge.database.inTransaction(() ->
        source(scope, id)
            .map(source ->
                InMemoryDatabase.listing(knowledge.chunksOf(shown(source)).stream(), request)));
  }

  private static VersionRef shown(KeptSource source) {
    Integer serving = source.serving();
    return serving == null ? source.newest() : new VersionRef(source.id(), serving);
  }

  @Override
  public boolean reopen(BotScope scope, SourceId id) {
    scope.require(Permission.WRITE);
    return knowledge.database.inTransaction(() -> {
      Optional<KeptVersion> failed =
          source(scope, id)
              .flatMap(source -> knowledge.versions.get(source.newest()))
              .filter(version -> version.status() == DocumentStatus.ERROR);
      failed.ifPresent(v -> knowledge.versions.put(v.ref(), v.reopened()));
      return failed.isPresent();
    });
  }

  @Override
  public boolean tombstone(BotScope scope, SourceId id, Instant now) {
    scope.require(Permission.WRITE);
    return knowledge.database.inTransaction(() -> {
      Optional<KeptSource> found = source(scope, id);
      found.ifPresent(source -> knowledge.sources.put(id, source.gone()));
      return found.isPresent();
    });
  }

  private Optional<KeptSource> source(BotScope scope, SourceId id) {
    return knowledge.visible(scope, id).filter(s -> s.type() == SourceType.DOCUMENT);
  }

  private Stream<KeptSource> documents(BotScope scope) {
    return knowledge.sources.values().filter(s -> source(scope, s.id()).isPresent());
  }

  private Optional<Document> newest(KeptSource source) {
    return knowledge.versions.get(source.newest()).map(version -> version.document(source));
  }
}
