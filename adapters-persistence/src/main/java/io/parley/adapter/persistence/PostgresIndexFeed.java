package io.parley.adapter.persistence;

import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.retrieval.ChunkAttributes;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.GenerationId;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.IndexedWords;
import io.parley.domain.retrieval.LogEntry;
import io.parley.domain.retrieval.LogPosition;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The reading side of the log, and what followers read of a version. */
final class PostgresIndexFeed implements IndexFeed {

  static final String AFTER =
      "select * from change_log where position > ? order by position limit ?";

  /** In the order of ordinals; an unknown chunk to start after has nothing after it. */
  private static final String PAGE =
      """
       c.source_id = ? and c.version = ?
        and c.ordinal > case when ?::uuid is null then -1
          else (select a.ordinal from chunks a where a.id = ?::uuid) end
      order by c.ordinal limit ?
      """;

  private final Sql sql;
  private final PassedVersions passed;

  PostgresIndexFeed(Sql sql) {
    this.sql = sql;
    this.passed = new PassedVersions(sql);
  }

  @Override
  public boolean knows(LogPosition position) {
    return position.entry() == null
        || sql.exists(
            "select 1 from change_log where position = ? and id = ?",
            position.position(),
            position.entry());
  }

  @Override
  public List<LogEntry> after(long position, int limit) {
    return sql.list(AFTER, LogRows::entry, position, limit);
  }

  @Override
  public long head() {
    return sql.one("select position from change_log_head", row -> row.number("position"));
  }

  @Override
  public List<IndexedVector> vectors(
      VersionRef ref, EmbeddingModel model, @Nullable ChunkId after, int limit) {
    return attributes(ref)
        .map(attributes -> vectors(ref, attributes, model, after, limit))
        .orElse(List.of());
  }

  private List<IndexedVector> vectors(
      VersionRef ref,
      ChunkAttributes attributes,
      EmbeddingModel model,
      @Nullable ChunkId after,
      int limit) {
    return sql.list(
        """
        select c.id, e.vector from chunks c
        join embeddings e on e.chunk_id = c.id
        join embedding_models m on m.id = e.model_id
        where m.provider = ? and m.name = ? and m.dimension = ? and
        """
            + PAGE,
        row ->
            new IndexedVector(
                new ChunkId(row.uuid("id")), attributes, FloatBytes.decode(row.bytes("vector"))),
        model.provider(),
        model.name(),
        model.dimension(),
        ref.source().value(),
        ref.version(),
        id(after),
        id(after),
        limit);
  }

  @Override
  public List<IndexedWords> words(VersionRef ref, @Nullable ChunkId after, int limit) {
    return attributes(ref)
        .map(attributes -> words(ref, attributes, after, limit))
        .orElse(List.of());
  }

  private List<IndexedWords> words(
      VersionRef ref, ChunkAttributes attributes, @Nullable ChunkId after, int limit) {
    return sql.list(
        "select c.* from chunks c where " + PAGE,
        row -> words(SourceRows.chunk(row), attributes),
        ref.source().value(),
        ref.version(),
        id(after),
        id(after),
        limit);
  }

  private static IndexedWords words(Chunk chunk, ChunkAttributes attributes) {
    return new IndexedWords(chunk.id(), attributes, chunk.embeddingText(), attributes.language());
  }

  private static @Nullable UUID id(@Nullable ChunkId chunk) {
    return chunk == null ? null : chunk.value();
  }

  private Optional<ChunkAttributes> attributes(VersionRef ref) {
    return sql.find(
        """
        select s.tenant_id, s.bot_id, s.type, v.content_type, v.uploaded_at, v.language, v.metadata
        from sources s
        join bots b on b.id = s.bot_id and b.tombstoned_at is null
        join source_versions v on v.source_id = s.id and v.version = ?
        where s.id = ? and s.tombstoned_at is null
        """,
        row -> SourceRows.attributes(row, ref),
        ref.version(),
        ref.source().value());
  }

  @Override
  public LogPosition positionOf(UUID follower) {
    return sql.find(
            "select position, entry_id from followers where id = ?",
            PostgresIndexFeed::position,
            follower)
        .orElse(LogPosition.START);
  }

  private static LogPosition position(Row row) throws SQLException {
    return new LogPosition(row.number("position"), row.nullableUuid("entry_id"));
  }

  @Override
  public void report(Follower follower, LogPosition position, Instant now) {
    sql.update(
        """
        insert into followers
          (id, name, serving, position, entry_id, seen_at, generation_id, server_id)
        select given.id, given.name, given.serving or coalesce(g.state = 'serving', false),
          given.position, given.entry_id, given.seen_at, given.generation_id, given.server_id
        from (values (?::uuid, ?, ?, ?, ?::uuid, ?::timestamptz, ?::uuid, ?::uuid)) as given
          (id, name, serving, position, entry_id, seen_at, generation_id, server_id)
        left join generations g on g.id = given.generation_id
        where given.generation_id is null or g.id is not null
        on conflict (id) do update
        set name = excluded.name, serving = excluded.serving, position = excluded.position,
          entry_id = excluded.entry_id, seen_at = excluded.seen_at,
          generation_id = excluded.generation_id, server_id = excluded.server_id
        """,
        follower.id(),
        follower.name(),
        follower.serving(),
        position.position(),
        position.entry(),
        now,
        generation(follower),
        follower.server());
  }

  private static @Nullable UUID generation(Follower follower) {
    GenerationId generation = follower.generation();
    return generation == null ? null : generation.value();
  }

  @Override
  public boolean take(Follower follower, UUID holder, Duration leaseFor, Instant now) {
    return sql.update(
            """
            insert into followers
              (id, name, serving, position, entry_id, seen_at, holder, held_until, generation_id,
                server_id)
            select given.*
            from (values
                (?::uuid, ?, ?, 0, null::uuid, ?::timestamptz, ?::uuid, ?::timestamptz, ?::uuid,
                  ?::uuid))
              as given (id, name, serving, position, entry_id, seen_at, holder, held_until,
                generation_id, server_id)
            where given.generation_id is null
              or exists (select from generations g where g.id = given.generation_id)
            on conflict (id) do update
            set holder = excluded.holder, held_until = excluded.held_until
            where followers.holder is null or followers.holder = excluded.holder
              or followers.held_until <= ?
            """,
            follower.id(),
            follower.name(),
            follower.serving(),
            now,
            holder,
            now.plus(leaseFor),
            generation(follower),
            follower.server(),
            now)
        == 1;
  }

  @Override
  public boolean report(Follower follower, UUID holder, LogPosition position, Instant now) {
    return sql.update(
            """
            update followers f
            set name = ?, position = ?, entry_id = ?, seen_at = ?, generation_id = ?::uuid,
              server_id = ?::uuid, serving = ? or exists (
                select from generations g where g.id = ?::uuid and g.state = 'serving')
            where id = ? and holder = ?
            """,
            follower.name(),
            position.position(),
            position.entry(),
            now,
            generation(follower),
            follower.server(),
            follower.serving(),
            generation(follower),
            follower.id(),
            holder)
        == 1;
  }

  @Override
  public void release(UUID follower, UUID holder) {
    sql.update(
        "update followers set holder = null, held_until = null where id = ? and holder = ?",
        follower,
        holder);
  }

  @Override
  public List<Standing> standings() {
    return sql.list(
        "select * from followers order by id",
        row -> new Standing(follower(row), position(row), row.instant("seen_at")));
  }

  private static Follower follower(Row row) throws SQLException {
    UUID generation = row.nullableUuid("generation_id");
    return new Follower(
        row.uuid("id"),
        row.text("name"),
        row.bool("serving"),
        generation == null ? null : new GenerationId(generation),
        row.nullableUuid("server_id"));
  }

  @Override
  public int completePassed(Instant now) {
    return passed.complete(now);
  }
}
