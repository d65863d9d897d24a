package io.parley.adapter.persistence;

import io.parley.domain.account.TenantId;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.SourceId;
import io.parley.domain.retrieval.LogEntry;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The log's rows. The head's row stays locked until the commit, so that the next writer gets its
 * position after this one is visible, and a position that was rolled back is given out again.
 */
final class LogRows {

  private static final String COLUMNS =
      "position, id, change, tenant_id, bot_id, source_id, version";

  private final Sql sql;

  LogRows(Sql sql) {
    this.sql = sql;
  }

  /** Appends an entry about a source of the bot; empty when the bot has no such source. */
  Optional<LogEntry> append(
      LogEntry.Change change,
      TenantId tenant,
      BotId bot,
      SourceId source,
      @Nullable Integer version) {
    return sql.find(
        """
        with subject as (
          select s.tenant_id, s.bot_id, s.id from sources s
          where s.id = ? and s.tenant_id = ? and s.bot_id = ?),
        head as (
          update change_log_head set position = position + 1 where exists (select from subject)
          returning position)
        insert into change_log (position, id, change, tenant_id, bot_id, source_id, version)
        select head.position, ?, ?, subject.tenant_id, subject.bot_id, subject.id, ?::integer
        from head, subject
        returning
        """
            + COLUMNS,
        LogRows::entry,
        source.value(),
        tenant.value(),
        bot.value(),
        UUID.randomUUID(),
        change,
        version);
  }

  /** What is there of a source of the bot. */
  enum Subject {
    SHOWN,
    TOMBSTONED,
    MISSING
  }

  /** Keeps the source from being tombstoned until the transaction ends, if it is not yet. */
  Subject lock(TenantId tenant, BotId bot, SourceId source) {
    return sql.find(
            "select tombstoned_at is null as shown from sources"
                + " where id = ? and tenant_id = ? and bot_id = ? for share",
            row -> row.bool("shown") ? Subject.SHOWN : Subject.TOMBSTONED,
            source.value(),
            tenant.value(),
            bot.value())
        .orElse(Subject.MISSING);
  }

  /** The entry that last removed a source of the bot. */
  Optional<LogEntry> removal(TenantId tenant, BotId bot, SourceId source) {
    return sql.find(
        "select "
            + COLUMNS
            + " from change_log where source_id = ? and tenant_id = ? and bot_id = ?"
            + " and change = 'source_removed' order by position desc limit 1",
        LogRows::entry,
        source.value(),
        tenant.value(),
        bot.value());
  }

  static LogEntry entry(Row row) throws SQLException {
    return new LogEntry(
        row.number("position"),
        row.uuid("id"),
        row.constant("change", LogEntry.Change.class),
        new TenantId(row.uuid("tenant_id")),
        new BotId(row.uuid("bot_id")),
        new SourceId(row.uuid("source_id")),
        row.nullableInteger("version"));
  }
}
