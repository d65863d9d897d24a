package io.parley.adapter.persistence;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.ErasureRepository;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is removed of a source or a bot. */
final class PostgresErasureRepository implements ErasureRepository {

  private static final String CITING =
      """
      select c.message_id from citations c join sources s on s.id = c.source_id
      where s.tenant_id = ? and s.bot_id = ?
      """;

  private static final String INVENTORY =
      """
      with versions as (
        select source_id, version, log_position from source_versions
        where tenant_id = ? and bot_id = ? and (?::uuid is null or source_id = ?::uuid)),
      held as (
        select c.id, v.log_position from chunks c
        join versions v on v.source_id = c.source_id and v.version = c.version)
      select (select count(*) from held where log_position is not null) as announced,
        (select count(*) from versions) + (select count(*) from held)
          + (select count(*) from pages p
            join versions v on v.source_id = p.source_id and v.version = p.version)
          + (select count(*) from embeddings e join held h on h.id = e.chunk_id) as total
      """;

  private static final String ONE = " and s.id = ?";

  private final Sql sql;

  PostgresErasureRepository(Sql sql) {
    this.sql = sql;
  }

  @Override
  public int blankAnswersCiting(BotScope scope, SourceId source) {
    scope.require(Permission.WRITE);
    return blank(ONE, scope.tenant().value(), scope.bot().value(), source.value());
  }

  @Override
  public int blankAnswersOfBot(BotScope scope) {
    scope.require(Permission.WRITE);
    return blank("", scope.tenant().value(), scope.bot().value());
  }

  private int blank(String which, @Nullable Object... parameters) {
    return sql.inTransaction(() -> {
      sql.update(
          """
          update conversations t set title = 'Conversation'
          from messages m
          where m.conversation_id = t.id and m.role = 'assistant'
            and rtrim(t.title, ' .…') <> '' and starts_with(m.content, rtrim(t.title, ' .…'))
            and m.id in (
          """
              + CITING
              + which
              + ")",
          parameters);
      int blanked =
          sql.update(
              "update messages set content = '', blanked = true where role = 'assistant' and id in ("
                  + CITING
                  + which
                  + ")",
              parameters);
      sql.update(
          """
          delete from citations using sources s
          where s.id = citations.source_id and s.tenant_id = ? and s.bot_id = ?
          """
              + which,
          parameters);
      return blanked;
    });
  }

  @Override
  public List<SourceId> sourcesWithRows(BotScope scope, int limit) {
    scope.require(Permission.WRITE);
    return sql.list(
        """
        select distinct source_id from source_versions where tenant_id = ? and bot_id = ?
        order by source_id limit ?
        """,
        row -> new SourceId(row.uuid("source_id")),
        scope.tenant().value(),
        scope.bot().value(),
        limit);
  }

  @Override
  public List<BlobKey> blobsOf(BotScope scope, SourceId source) {
    scope.require(Permission.WRITE);
    return sql.list(
        """
        select version, name, blob_owner_id from source_versions
        where source_id = ? and tenant_id = ? and bot_id = ? order by version
        """,
        row -> SourceRows.blobKey(row, new VersionRef(source, row.integer("version"))),
        source.value(),
        scope.tenant().value(),
        scope.bot().value());
  }

  @Override
  public int emptyRepeats(BotScope scope, @Nullable SourceId source) {
    scope.require(Permission.WRITE);
    UUID told = source == null ? scope.bot().value() : source.value();
    return sql.update(
        """
        update idempotency_keys set body = ''
        where tenant_id = ? and content_type like 'application/%' and body <> ''
          and strpos(body, ?) > 0
        """,
        scope.tenant().value(), told.toString());
  }

  @Override
  public Inventory inventory(BotScope scope, @Nullable SourceId source) {
    scope.require(Permission.WRITE);
    UUID id = source == null ? null : source.value();
    return sql.one(
        INVENTORY,
        row -> new Inventory(row.number("announced"), row.number("total")),
        scope.tenant().value(),
        scope.bot().value(),
        id,
        id);
  }

  @Override
  public List<SourceId> tombstones(BotScope scope, @Nullable SourceId after, int limit) {
    scope.require(Permission.WRITE);
    UUID id = after == null ? null : after.value();
    return sql.list(
        """
        select s.id from sources s join bots b on b.id = s.bot_id
        where s.tenant_id = ? and s.bot_id = ? and (?::uuid is null or s.id > ?::uuid)
          and (s.tombstoned_at is not null or b.tombstoned_at is not null)
        order by s.id limit ?
        """,
        row -> new SourceId(row.uuid("id")),
        scope.tenant().value(),
        scope.bot().value(),
        id,
        id,
        limit);
  }

  @Override
  public void removeTombstones(BotScope scope, @Nullable SourceId source) {
    scope.require(Permission.WRITE);
    sql.inTransaction(() -> {
      UUID id = source == null ? null : source.value();
      sql.update(
          """
          delete from jobs where tenant_id = ? and bot_id = ? and kind = 'ingest'
            and (?::uuid is null or source_id = ?::uuid) and state in ('failed', 'cancelled')
          """,
          scope.tenant().value(),
          scope.bot().value(),
          id,
          id);
      sql.update(
          """
          delete from sources s where s.tenant_id = ? and s.bot_id = ?
            and (?::uuid is null or s.id = ?::uuid) and s.tombstoned_at is not null
            and not exists (select from source_versions v where v.source_id = s.id)
          """,
          scope.tenant().value(),
          scope.bot().value(),
          id,
          id);
      return source != null
          ? 0
          : sql.update(
              """
              delete from bots b where b.tenant_id = ? and b.id = ? and b.tombstoned_at is not null
                and not exists (select from sources s where s.bot_id = b.id)
              """,
              scope.tenant().value(),
              scope.bot().value());
    });
  }
}
