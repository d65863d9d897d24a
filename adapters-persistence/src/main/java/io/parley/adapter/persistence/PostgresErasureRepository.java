package io.parley.adapter.persistence;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.ErasureRepository;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Erasures and their receipts. */
final class PostgresErasureRepository implements ErasureRepository {

  private static final String CITING =
      """
      select c.message_id from citations c join sources s on s.id = c.source_id
      where s.tenant_id = ? and s.bot_id = ?
      """;

  private static final String ONE = " and s.id = ?";

  private final Sql sql;

  PostgresErasureRepository(Sql sql) {
    this.sql = sql;
  }

  @Override
  public void start(BotScope scope, ErasureId id, @Nullable SourceId source, Instant now) {
    scope.require(Permission.WRITE);
    int started =
        sql.update(
            """
            insert into erasures (id, tenant_id, owner_id, bot_id, source_id, started_at)
            select ?, b.tenant_id, b.owner_id, b.id, ?::uuid, ? from bots b
            where b.id = ? and b.tenant_id = ? and (?::uuid is null or exists (
              select from sources s where s.id = ?::uuid and s.bot_id = b.id))
            """,
            id.value(),
            source == null ? null : source.value(),
            now,
            scope.bot().value(),
            scope.tenant().value(),
            source == null ? null : source.value(),
            source == null ? null : source.value());
    if (started == 0) {
      throw new IllegalStateException("The scope's bot has no such source.");
    }
  }

  @Override
  public void blankAnswersCiting(BotScope scope, SourceId source) {
    scope.require(Permission.WRITE);
    blank(ONE, scope.tenant().value(), scope.bot().value(), source.value());
  }

  @Override
  public void blankAnswersOfBot(BotScope scope) {
    scope.require(Permission.WRITE);
    blank("", scope.tenant().value(), scope.bot().value());
  }

  private void blank(String which, @Nullable Object... parameters) {
    sql.inTransaction(() -> {
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
      sql.update(
          "update messages set content = '', blanked = true where role = 'assistant' and id in ("
              + CITING
              + which
              + ")",
          parameters);
      return sql.update(
          """
          delete from citations using sources s
          where s.id = citations.source_id and s.tenant_id = ? and s.bot_id = ?
          """
              + which,
          parameters);
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
  public void complete(ErasureId id, BotScope scope, Map<String, Long> removed, Instant now) {
    scope.require(Permission.WRITE);
    sql.update(
        """
        update erasures set completed_at = ?, removed = ?
        where id = ? and tenant_id = ? and bot_id = ? and completed_at is null
        """,
        now,
        Json.of(removed),
        id.value(),
        scope.tenant().value(),
        scope.bot().value());
  }
}
