package io.parley.adapter.persistence;

import io.parley.domain.account.TenantId;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.SourceId;
import io.parley.domain.job.Job;
import io.parley.domain.job.JobId;
import io.parley.domain.job.JobKind;
import io.parley.domain.port.persistence.Inspection.Flaw;
import io.parley.domain.port.persistence.Inspection.FlawKind;
import io.parley.domain.retrieval.LogEntry;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows that do not fit together. Each repair locks the row that is at fault and looks once more in
 * a statement of its own, so that it sees what was committed meanwhile.
 */
final class RowFlaws {

  private static final String LIVING =
      """
       from source_versions v
      join sources s on s.id = v.source_id and s.tombstoned_at is null
      join bots b on b.id = s.bot_id and b.tombstoned_at is null
      where v.status in ('pending', 'processing') and
      """;

  private static final String STUCK =
      LIVING
          + """
          v.step not in ('embedded', 'indexed') and not exists (
            select from jobs j where j.source_id = v.source_id and j.version = v.version
              and j.kind = 'ingest' and j.state in ('queued', 'running'))
          """;

  private static final String UNANNOUNCED =
      LIVING
          + """
          v.step in ('embedded', 'indexed') and not exists (
            select from change_log l where l.position = v.log_position
              and l.source_id = v.source_id and l.version = v.version
              and l.change = 'version_added')
          """;

  private static final String IDLE_JOB =
      """
       from jobs j where j.kind = 'ingest' and j.state = 'queued' and not exists (
        select from source_versions v where v.source_id = j.source_id and v.version = j.version)
      """;

  /** Work that erases bot b, alone or with its owner. */
  private static final String BOT_ERASED =
      """
       select from jobs j where j.kind like 'erase%' and j.state in ('queued', 'running')
        and ((j.bot_id = b.id and j.source_id is null)
          or (j.owner_id = b.owner_id and j.kind not in ('erase_source', 'erase_bot')))
      """;

  private static final String ERASED_SOURCE =
      """
       from sources s join bots b on b.id = s.bot_id and b.tombstoned_at is null
      where s.tombstoned_at is not null
        and exists (select from source_versions v where v.source_id = s.id)
        and not exists (select from jobs j where j.source_id = s.id
          and j.kind like 'erase%' and j.state in ('queued', 'running'))
        and not exists (
      """
          + BOT_ERASED
          + ")";

  private static final String ERASED_BOT =
      """
       from bots b where b.tombstoned_at is not null
        and exists (select from source_versions v where v.bot_id = b.id)
        and not exists (
      """
          + BOT_ERASED
          + ")";

  private static final String LOST_EMBEDDING =
      " from embeddings e where not exists (select from chunks c where c.id = e.chunk_id)";

  private static final String LOST_CHUNK =
      """
       from chunks c where not exists (
        select from source_versions v where v.source_id = c.source_id and v.version = c.version)
      """;

  private static final String LOST_PAGE =
      """
       from pages p where not exists (
        select from source_versions v where v.source_id = p.source_id and v.version = p.version)
      """;

  private static final String OF_BOT = "bot ";
  private static final String OF_SOURCE = "source ";

  private final Sql sql;
  private final LogRows log;
  private final PostgresJobQueue jobs;

  RowFlaws(Sql sql) {
    this.sql = sql;
    this.log = new LogRows(sql);
    this.jobs = new PostgresJobQueue(sql);
  }

  List<Flaw> find(FlawKind kind, @Nullable String after, int limit) {
    return sql.list(
        "select row from ("
            + rows(kind)
            + ") found where row collate \"C\" > ? order by row collate \"C\" limit ?",
        row -> new Flaw(kind, row.text("row")),
        after == null ? "" : after,
        limit);
  }

  private static String rows(FlawKind kind) {
    return switch (kind) {
      case STUCK_VERSION -> "select v.source_id || '/' || v.version as row" + STUCK;
      case UNANNOUNCED_VERSION -> "select v.source_id || '/' || v.version as row" + UNANNOUNCED;
      case JOB_WITHOUT_VERSION -> "select j.id::text as row" + IDLE_JOB;
      case UNFINISHED_ERASURE ->
          "select 'source ' || s.id as row"
              + ERASED_SOURCE
              + " union all select 'bot ' || b.id as row"
              + ERASED_BOT;
      case STRAY_EMBEDDING -> "select e.chunk_id || '/' || e.model_id as row" + LOST_EMBEDDING;
      case STRAY_CHUNK -> "select c.id::text as row" + LOST_CHUNK;
      case STRAY_PAGE ->
          "select p.source_id || '/' || p.version || '/' || p.number as row" + LOST_PAGE;
    };
  }

  boolean repair(Flaw flaw, Instant now) {
    String[] parts = flaw.row().split("/", -1);
    return switch (flaw.kind()) {
      case STUCK_VERSION -> sql.inTransaction(() -> takeIn(version(parts), number(parts), now));
      case UNANNOUNCED_VERSION -> sql.inTransaction(() -> announce(version(parts), number(parts)));
      case JOB_WITHOUT_VERSION -> removed(IDLE_JOB, " and j.id = ?", version(parts));
      case UNFINISHED_ERASURE -> sql.inTransaction(() -> erase(flaw.row(), now));
      case STRAY_EMBEDDING ->
          removed(
              LOST_EMBEDDING,
              " and e.chunk_id = ? and e.model_id = ?",
              version(parts),
              number(parts));
      case STRAY_CHUNK -> removed(LOST_CHUNK, " and c.id = ?", version(parts));
      case STRAY_PAGE ->
          removed(
              LOST_PAGE,
              " and p.source_id = ? and p.version = ? and p.number = ?",
              version(parts),
              number(parts),
              Integer.parseInt(parts[2]));
    };
  }

  private static UUID version(String[] parts) {
    return UUID.fromString(parts[0]);
  }

  private static int number(String[] parts) {
    return Integer.parseInt(parts[1]);
  }

  /** The statements begin with {@code from table alias where}, as {@code delete} does. */
  private boolean removed(String lost, String one, @Nullable Object... key) {
    return sql.update("delete" + lost + one, key) == 1;
  }

  private record Owned(TenantId tenant, UserId owner, BotId bot) {}

  private static Owned owned(Row row) throws SQLException {
    return new Owned(
        new TenantId(row.uuid("tenant_id")),
        new UserId(row.uuid("owner_id")),
        new BotId(row.uuid("bot_id")));
  }

  private boolean takeIn(UUID source, int version, Instant now) {
    lockVersion(source, version);
    return sql.find(
            "select b.tenant_id, b.owner_id, b.id as bot_id"
                + STUCK
                + " and v.source_id = ? and v.version = ?",
            RowFlaws::owned,
            source,
            version)
        .map(owned -> {
          jobs.add(job(JobKind.INGEST, owned, new SourceId(source), version, null), now);
          return true;
        })
        .orElse(false);
  }

  private void lockVersion(UUID source, int version) {
    sql.exists(
        "select 1 from source_versions where source_id = ? and version = ? for update",
        source,
        version);
  }

  private boolean announce(UUID source, int version) {
    lockVersion(source, version);
    return sql.find(
            "select b.tenant_id, b.owner_id, b.id as bot_id"
                + UNANNOUNCED
                + " and v.source_id = ? and v.version = ?",
            RowFlaws::owned,
            source,
            version)
        .flatMap(owned ->
            log.append(
                LogEntry.Change.VERSION_ADDED,
                owned.tenant(),
                owned.bot(),
                new SourceId(source),
                version))
        .map(entry ->
            sql.update(
                    "update source_versions set log_position = ? where source_id = ? and version = ?",
                    entry.position(),
                    source,
                    version)
                == 1)
        .orElse(false);
  }

  private boolean erase(String row, Instant now) {
    return row.startsWith(OF_BOT)
        ? eraseBot(UUID.fromString(row.substring(OF_BOT.length())), now)
        : eraseSource(UUID.fromString(row.substring(OF_SOURCE.length())), now);
  }

  private boolean eraseSource(UUID source, Instant now) {
    sql.exists("select 1 from sources where id = ? for update", source);
    return sql.find(
            "select b.tenant_id, b.owner_id, b.id as bot_id" + ERASED_SOURCE + " and s.id = ?",
            RowFlaws::owned,
            source)
        .map(owned -> {
          ErasureId erasure = erasure(owned, source, now);
          jobs.add(job(JobKind.ERASE_SOURCE, owned, new SourceId(source), null, erasure), now);
          return true;
        })
        .orElse(false);
  }

  private boolean eraseBot(UUID bot, Instant now) {
    sql.exists("select 1 from bots where id = ? for update", bot);
    return sql.find(
            "select b.tenant_id, b.owner_id, b.id as bot_id" + ERASED_BOT + " and b.id = ?",
            RowFlaws::owned,
            bot)
        .map(owned -> {
          jobs.add(job(JobKind.ERASE_BOT, owned, null, null, erasure(owned, null, now)), now);
          return true;
        })
        .orElse(false);
  }

  /** The receipt that is still open, or another one: what is in a closed one stays as it is. */
  private ErasureId erasure(Owned owned, @Nullable UUID source, Instant now) {
    return sql.find(
            """
            select id from erasures where bot_id = ? and source_id is not distinct from ?::uuid
              and state <> 'verified'
            order by started_at limit 1
            """,
            row -> new ErasureId(row.uuid("id")),
            owned.bot().value(),
            source)
        .orElseGet(() -> newErasure(owned, source, now));
  }

  private ErasureId newErasure(Owned owned, @Nullable UUID source, Instant now) {
    ErasureId id = new ErasureId(UUID.randomUUID());
    sql.update(
        """
        insert into erasures (id, tenant_id, owner_id, bot_id, source_id, kind, started_at)
        values (?, ?, ?, ?, ?::uuid, ?, ?)
        """,
        id.value(),
        owned.tenant().value(),
        owned.owner().value(),
        owned.bot().value(),
        source,
        source == null ? "bot" : "document",
        now);
    return id;
  }

  private static Job job(
      JobKind kind,
      Owned owned,
      @Nullable SourceId source,
      @Nullable Integer version,
      @Nullable ErasureId erasure) {
    return new Job(
        new JobId(UUID.randomUUID()),
        kind,
        owned.tenant(),
        owned.owner(),
        owned.bot(),
        source,
        version,
        erasure);
  }
}
