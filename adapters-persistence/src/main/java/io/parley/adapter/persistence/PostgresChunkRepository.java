package io.parley.adapter.persistence;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.SourceType;
import io.parley.domain.port.persistence.ChunkRepository;
import io.parley.domain.retrieval.FoundChunk;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Chunks by id, as far as they may be shown. */
final class PostgresChunkRepository implements ChunkRepository {

  static final String SELECT =
      """
      select c.id, c.source_id, c.version, c.ordinal, c.page, c.start_offset, c.end_offset, c.context,
        c.content, s.type, v.name, v.metadata, p.label
      from chunks c
      join sources s on s.id = c.source_id and s.tombstoned_at is null
      join bots b on b.id = s.bot_id and b.tombstoned_at is null
      join source_versions v on v.source_id = c.source_id and v.version = c.version
      left join pages p on p.source_id = c.source_id and p.version = c.version and p.number = c.page
      where c.id = any(?) and c.tenant_id = ? and c.bot_id = ? and s.tenant_id = c.tenant_id
        and s.bot_id = c.bot_id
      """;

  static final String SERVING = " and c.version = s.serving_version";

  private static final String SERVED =
      " and c.version <= s.serving_version and v.status = 'complete'";
  private static final String UNSERVED =
      """
      select distinct c.source_id from chunks c
      join sources s on s.id = c.source_id and s.tenant_id = c.tenant_id and s.bot_id = c.bot_id
      join bots b on b.id = s.bot_id
      where c.id = any(?) and c.tenant_id = ? and c.bot_id = ?
        and (s.serving_version is null or s.tombstoned_at is not null or b.tombstoned_at is not null)
      """;

  private static final int MAX_IDS = 1_000;

  private final Sql sql;

  PostgresChunkRepository(Sql sql) {
    this.sql = sql;
  }

  @Override
  public Map<ChunkId, FoundChunk> find(BotScope scope, Collection<ChunkId> ids) {
    return find(scope, ids, SELECT + SERVING);
  }

  @Override
  public Set<SourceId> unserved(BotScope scope, Collection<ChunkId> ids) {
    check(scope, ids);
    List<SourceId> sources =
        sql.list(
            UNSERVED,
            row -> new SourceId(row.uuid("source_id")),
            uuids(ids),
            scope.tenant().value(),
            scope.bot().value());
    return Set.copyOf(sources);
  }

  @Override
  public Map<ChunkId, FoundChunk> findCited(BotScope scope, Collection<ChunkId> ids) {
    return find(scope, ids, SELECT + SERVED);
  }

  private Map<ChunkId, FoundChunk> find(BotScope scope, Collection<ChunkId> ids, String statement) {
    check(scope, ids);
    if (ids.isEmpty()) {
      return Map.of();
    }
    List<FoundChunk> found =
        sql.list(
            statement,
            PostgresChunkRepository::found,
            uuids(ids),
            scope.tenant().value(),
            scope.bot().value());
    return inOrder(ids, found);
  }

  private static void check(BotScope scope, Collection<ChunkId> ids) {
    scope.require(Permission.ASK);
    if (ids.size() > MAX_IDS) {
      throw new IllegalArgumentException("At most 1,000 chunks at once.");
    }
  }

  private static UUID[] uuids(Collection<ChunkId> ids) {
    return ids.stream().map(ChunkId::value).toArray(UUID[]::new);
  }

  private static Map<ChunkId, FoundChunk> inOrder(Collection<ChunkId> ids, List<FoundChunk> found) {
    Map<ChunkId, FoundChunk> byId =
        found.stream().collect(Collectors.toMap(f -> f.chunk().id(), Function.identity()));
    Map<ChunkId, FoundChunk> ordered = new LinkedHashMap<>();
    for (ChunkId id : ids) {
      FoundChunk chunk = byId.get(id);
      if (chunk != null) {
        ordered.put(id, chunk);
      }
    }
    return ordered;
  }

  private static FoundChunk found(Row row) throws SQLException {
    return new FoundChunk(
        SourceRows.chunk(row),
        row.constant("type", SourceType.class),
        new DocumentName(row.text("name")),
        row.nullableText("label"),
        SourceRows.metadata(row));
  }
}
