package io.parley.adapter.persistence;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.Listing;
import io.parley.domain.port.persistence.DocumentRepository;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Documents. Adding the same bytes twice is prevented by an advisory lock on bot and checksum. */
final class PostgresDocumentRepository implements DocumentRepository {

  private static final String COLUMNS =
      """
      s.id, s.bot_id, s.serving_version, v.version, v.name, v.content_type, v.size, v.sha256,
        v.status, v.step, v.step_done, v.step_total, v.step_remaining, v.chunk_count, v.page_count,
        v.error_message, v.language, v.metadata, v.uploaded_at, v.processed_at, v.blob_owner_id
      """;

  private static final String VISIBLE =
      """
      sources s
      join source_versions v on v.source_id = s.id and v.version = s.newest_version
      join bots b on b.id = s.bot_id and b.tombstoned_at is null
      where s.tenant_id = ? and s.bot_id = ? and s.type = 'document' and s.tombstoned_at is null
      """;

  private static final String SELECT = "select " + COLUMNS + " from " + VISIBLE;

  private static final String LIVE =
      """
      s.tenant_id = ? and s.bot_id = ? and s.type = 'document' and s.tombstoned_at is null
      and exists (select from bots b where b.id = s.bot_id and b.tombstoned_at is null)
      """;
  private static final String OWN = "s.id = ? and " + LIVE;

  private final Sql sql;

  PostgresDocumentRepository(Sql sql) {
    this.sql = sql;
  }

  @Override
  public Adding add(BotScope scope, SourceId id, NewVersion version) {
    scope.require(Permission.WRITE);
    return sql.inTransaction(() -> {
      sql.lock("bytes " + scope.bot() + " " + version.sha256());
      return newestWith(scope, version.sha256())
          .<Adding>map(Adding.AlreadyThere::new)
          .orElseGet(() -> insert(scope, id, version));
    });
  }

  private Adding insert(BotScope scope, SourceId id, NewVersion version) {
    int inserted =
        sql.update(
            """
            insert into sources (id, tenant_id, bot_id, type, last_version, newest_version, created_at)
            select ?, b.tenant_id, b.id, 'document', 1, 1, ?
            from bots b where b.id = ? and b.tenant_id = ? and b.tombstoned_at is null
            for share
            """,
            id.value(),
            version.uploadedAt(),
            scope.bot().value(),
            scope.tenant().value());
    if (inserted == 0) {
      return new Adding.BotGone();
    }
    insertVersion(scope, new VersionRef(id, 1), version);
    return new Adding.Added(newest(scope, id).orElseThrow());
  }

  private void insertVersion(BotScope scope, VersionRef ref, NewVersion version) {
    sql.update(
        """
        insert into source_versions (source_id, version, tenant_id, bot_id, name, content_type, size,
          sha256, blob_owner_id, metadata, status, step, uploaded_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', 'stored', ?)
        """,
        ref.source().value(),
        ref.version(),
        scope.tenant().value(),
        scope.bot().value(),
        version.name().value(),
        version.contentType().mediaType(),
        version.size(),
        version.sha256(),
        scope.owner().value(),
        Json.of(version.metadata().values()),
        version.uploadedAt());
  }

  @Override
  public Optional<Integer> reserveVersion(BotScope scope, SourceId id) {
    scope.require(Permission.WRITE);
    return sql.find(
        "update sources s set last_version = last_version + 1 where "
            + OWN
            + " returning last_version",
        row -> row.integer("last_version"),
        id.value(),
        scope.tenant().value(),
        scope.bot().value());
  }

  @Override
  public Optional<Document> addVersion(
      BotScope scope, SourceId id, int version, NewVersion content) {
    scope.require(Permission.WRITE);
    return sql.inTransaction(() -> {
      int moved =
          sql.update(
              "update sources s set newest_version = greatest(newest_version, ?)"
                  + " where last_version >= ? and "
                  + OWN,
              version,
              version,
              id.value(),
              scope.tenant().value(),
              scope.bot().value());
      if (moved == 0) {
        return Optional.empty();
      }
      insertVersion(scope, new VersionRef(id, version), content);
      return newest(scope, id);
    });
  }

  @Override
  public Optional<Document> find(BotScope scope, SourceId id) {
    scope.require(Permission.READ);
    return newest(scope, id);
  }

  private Optional<Document> newest(BotScope scope, SourceId id) {
    return sql.find(
        SELECT + " and s.id = ?",
        PostgresDocumentRepository::document,
        scope.tenant().value(),
        scope.bot().value(),
        id.value());
  }

  private Optional<Document> newestWith(BotScope scope, String sha256) {
    return sql.find(
        SELECT + " and v.bot_id = s.bot_id and v.sha256 = ? order by s.created_at, s.id limit 1",
        PostgresDocumentRepository::document,
        scope.tenant().value(),
        scope.bot().value(),
        sha256);
  }

  @Override
  public Listing<Document> list(BotScope scope, ListRequest request) {
    scope.require(Permission.READ);
    return sql.listing(
        request,
        COLUMNS,
        VISIBLE,
        "s.created_at desc, s.id",
        PostgresDocumentRepository::document,
        scope.tenant().value(),
        scope.bot().value());
  }

  @Override
  public Optional<BlobKey> blobKey(BotScope scope, SourceId id) {
    scope.require(Permission.READ);
    return sql.find(
        SELECT + " and s.id = ?",
        row -> SourceRows.blobKey(row, ref(row)),
        scope.tenant().value(),
        scope.bot().value(),
        id.value());
  }

  @Override
  public Map<VersionRef, OriginalFile> originals(BotScope scope, Collection<VersionRef> refs) {
    scope.require(Permission.READ);
    if (refs.isEmpty()) {
      return Map.of();
    }
    return sql
        .list(
            """
            select s.id, v.version, v.name, v.content_type, v.blob_owner_id
            from unnest(?, ?) as wanted (source_id, version)
            join sources s on s.id = wanted.source_id
            join source_versions v on v.source_id = s.id and v.version = wanted.version
            where
            """
                + LIVE,
            PostgresDocumentRepository::original,
            refs.stream().map(ref -> ref.source().value()).toArray(UUID[]::new),
            refs.stream().map(VersionRef::version).toArray(Integer[]::new),
            scope.tenant().value(),
            scope.bot().value())
        .stream()
        .collect(Collectors.toMap(file -> file.key().ref(), Function.identity(), (a, _) -> a));
  }

  private static OriginalFile original(Row row) throws SQLException {
    VersionRef ref = new VersionRef(new SourceId(row.uuid("id")), row.integer("version"));
    return new OriginalFile(SourceRows.blobKey(row, ref), SourceRows.contentType(row));
  }

  @Override
  public boolean isShown(SourceId id) {
    return sql.find(
            """
            select s.id from sources s join bots b on b.id = s.bot_id
            where s.id = ? and s.tombstoned_at is null and b.tombstoned_at is null
            """,
            row -> row.uuid("id"),
            id.value())
        .isPresent();
  }

  @Override
  public long countOfAllTenants() {
    return sql.find(
            "select count(*) as found from sources where type = 'document'",
            row -> row.number("found"))
        .orElseThrow();
  }

  @Override
  public Optional<Listing<Chunk>> chunks(BotScope scope, SourceId id, ListRequest request) {
    scope.require(Permission.READ);
    return newest(scope, id).map(document -> chunks(scope, shown(document), request));
  }

  private static VersionRef shown(Document document) {
    Integer serving = document.servingVersion();
    return serving == null ? document.ref() : new VersionRef(document.id(), serving);
  }

  private Listing<Chunk> chunks(BotScope scope, VersionRef ref, ListRequest request) {
    return sql.listing(
        request,
        "*",
        "chunks where source_id = ? and version = ? and tenant_id = ? and bot_id = ?",
        "ordinal",
        SourceRows::chunk,
        ref.source().value(),
        ref.version(),
        scope.tenant().value(),
        scope.bot().value());
  }

  @Override
  public boolean reopen(BotScope scope, SourceId id) {
    scope.require(Permission.WRITE);
    return sql.update(
            """
            update source_versions v set status = 'pending', error_message = null, processed_at = null
            from sources s
            where v.source_id = s.id and v.version = s.newest_version and v.status = 'error' and
            """
                + OWN,
            id.value(),
            scope.tenant().value(),
            scope.bot().value())
        > 0;
  }

  @Override
  public boolean tombstone(BotScope scope, SourceId id, Instant now) {
    scope.require(Permission.WRITE);
    return sql.update(
            "update sources s set tombstoned_at = ? where " + OWN,
            now,
            id.value(),
            scope.tenant().value(),
            scope.bot().value())
        > 0;
  }

  private static VersionRef ref(Row row) throws SQLException {
    return new VersionRef(new SourceId(row.uuid("id")), row.integer("version"));
  }

  private static Document document(Row row) throws SQLException {
    return new Document(
        new SourceId(row.uuid("id")),
        new BotId(row.uuid("bot_id")),
        new DocumentName(row.text("name")),
        SourceRows.contentType(row),
        row.number("size"),
        row.text("sha256"),
        row.integer("version"),
        row.nullableInteger("serving_version"),
        row.constant("status", DocumentStatus.class),
        SourceRows.progress(row),
        row.integer("chunk_count"),
        row.nullableInteger("page_count"),
        row.nullableText("error_message"),
        row.nullableText("language"),
        SourceRows.metadata(row),
        row.instant("uploaded_at"),
        row.nullableInstant("processed_at"));
  }
}
