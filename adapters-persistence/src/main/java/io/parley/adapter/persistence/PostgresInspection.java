package io.parley.adapter.persistence;

import io.parley.domain.document.BlobKey;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.Inspection;
import io.parley.domain.retrieval.ChunkAttributes;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.IndexedWords;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares by primary keys, some rows at a time. */
final class PostgresInspection implements Inspection {

  /** Comes before every id that is given out. */
  private static final UUID FIRST = new UUID(0, 0);

  /** A chunk c that indexes hold, of its version v. */
  static final String ANNOUNCED =
      """
      (v.version = s.serving_version
        or (v.step = 'embedded' and v.status in ('pending', 'processing')))
      """;

  static final String EXPECTED =
      """
      from chunks c
      join source_versions v on v.source_id = c.source_id and v.version = c.version
      join sources s on s.id = c.source_id and s.tombstoned_at is null
      join bots b on b.id = s.bot_id and b.tombstoned_at is null
      """;

  private static final String ATTRIBUTES =
      " c.*, s.type, v.content_type, v.uploaded_at, v.language, v.metadata ";

  private final Sql sql;
  private final RowFlaws flaws;

  PostgresInspection(Sql sql) {
    this.sql = sql;
    this.flaws = new RowFlaws(sql);
  }

  @Override
  public List<ChunkId> expected(@Nullable ChunkId after, long announcedUpTo, int limit) {
    return sql.list(
        "select c.id "
            + EXPECTED
            + "where "
            + ANNOUNCED
            + "and v.log_position <= ? and c.id > ? order by c.id limit ?",
        PostgresInspection::chunkId,
        announcedUpTo,
        after == null ? FIRST : after.value(),
        limit);
  }

  @Override
  public Set<ChunkId> stale(Collection<ChunkId> ids) {
    Set<ChunkId> stale = new HashSet<>(ids);
    sql.list(
            """
            select c.id from chunks c
            join source_versions v on v.source_id = c.source_id and v.version = c.version
            join sources s on s.id = c.source_id
            where c.id = any (?) and not exists (
              select from change_log l where l.source_id = s.id and l.change = 'source_removed')
            and
            """
                + ANNOUNCED,
            PostgresInspection::chunkId,
            (Object) values(ids, ChunkId::value))
        .forEach(stale::remove);
    return stale;
  }

  @Override
  public List<IndexedVector> vectors(Collection<ChunkId> ids, EmbeddingModel model) {
    return sql.list(
        "select e.vector,"
            + ATTRIBUTES
            + EXPECTED
            + """
            join embeddings e on e.chunk_id = c.id
            join embedding_models m on m.id = e.model_id
              and m.provider = ? and m.name = ? and m.dimension = ?
            where c.id = any (?) and
            """
            + ANNOUNCED,
        row ->
            new IndexedVector(
                chunkId(row), attributes(row), FloatBytes.decode(row.bytes("vector"))),
        model.provider(),
        model.name(),
        model.dimension(),
        values(ids, ChunkId::value));
  }

  @Override
  public List<IndexedWords> words(Collection<ChunkId> ids) {
    return sql.list(
        "select" + ATTRIBUTES + EXPECTED + "where c.id = any (?) and " + ANNOUNCED,
        PostgresInspection::words,
        (Object) values(ids, ChunkId::value));
  }

  private static IndexedWords words(Row row) throws SQLException {
    Chunk chunk = SourceRows.chunk(row);
    ChunkAttributes attributes = attributes(row);
    return new IndexedWords(chunk.id(), attributes, chunk.embeddingText(), attributes.language());
  }

  private static ChunkAttributes attributes(Row row) throws SQLException {
    return SourceRows.attributes(row, ref(row));
  }

  @Override
  public List<BlobKey> blobs(@Nullable VersionRef after, int limit) {
    return sql.list(
        """
        select v.source_id, v.version, v.name, v.blob_owner_id from source_versions v
        join sources s on s.id = v.source_id and s.tombstoned_at is null
        join bots b on b.id = s.bot_id and b.tombstoned_at is null
        where (v.source_id, v.version) > (?, ?) order by v.source_id, v.version limit ?
        """,
        PostgresInspection::blobKey,
        after == null ? FIRST : after.source().value(),
        after == null ? 0 : after.version(),
        limit);
  }

  @Override
  public Map<VersionRef, BlobKey> blobsOf(Collection<VersionRef> refs) {
    Set<VersionRef> wanted = Set.copyOf(refs);
    return sql
        .list(
            """
            select v.source_id, v.version, v.name, v.blob_owner_id from source_versions v
            where v.source_id = any (?)
            """,
            PostgresInspection::blobKey,
            (Object) values(refs, ref -> ref.source().value()))
        .stream()
        .filter(key -> wanted.contains(key.ref()))
        .collect(Collectors.toMap(BlobKey::ref, key -> key));
  }

  @Override
  public Set<SourceId> erased(Collection<SourceId> sources) {
    return Set.copyOf(
        sql.list(
            """
            select s.id from sources s join bots b on b.id = s.bot_id
            where s.id = any (?) and coalesce(s.tombstoned_at, b.tombstoned_at) is not null
            """,
            row -> new SourceId(row.uuid("id")),
            (Object) values(sources, SourceId::value)));
  }

  @Override
  public long versions() {
    return sql.count("select count(*) from source_versions");
  }

  @Override
  public List<Flaw> flaws(FlawKind kind, @Nullable String after, int limit) {
    return flaws.find(kind, after, limit);
  }

  @Override
  public boolean repair(Flaw flaw, Instant now) {
    return flaws.repair(flaw, now);
  }

  private static ChunkId chunkId(Row row) throws SQLException {
    return new ChunkId(row.uuid("id"));
  }

  private static VersionRef ref(Row row) throws SQLException {
    return new VersionRef(new SourceId(row.uuid("source_id")), row.integer("version"));
  }

  private static BlobKey blobKey(Row row) throws SQLException {
    return SourceRows.blobKey(row, ref(row));
  }

  private static <T> UUID[] values(Collection<T> ids, Function<T, UUID> value) {
    return ids.stream().map(value).toArray(UUID[]::new);
  }
}
