package io.parley.adapter.persistence;

import io.parley.domain.account.TenantId;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.retrieval.LogEntry;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Completes versions that every serving follower that lives has passed, each in a transaction of
 * its own.
 */
final class PassedVersions {

  /** Null while nobody serves or lives, and so true for no version. */
  private static final String PASSED =
      " v.step = 'embedded' and v.status in ('pending', 'processing')"
          + " and v.log_position <= (select min(f.position) from followers f"
          + " where f.serving and f.seen_at >= ?) ";

  private static final int AT_ONCE = 200;

  private final Sql sql;
  private final LogRows log;

  PassedVersions(Sql sql) {
    this.sql = sql;
    this.log = new LogRows(sql);
  }

  private record Source(TenantId tenant, BotId bot, SourceId id, @Nullable Integer serving) {}

  int complete(Instant now) {
    int completed = 0;
    int last;
    do {
      last = 0;
      for (VersionRef ref : passed(now)) {
        last += sql.inTransaction(() -> complete(ref, now)) ? 1 : 0;
      }
      completed += last;
    } while (last == AT_ONCE);
    return completed;
  }

  private static Instant alive(Instant now) {
    return now.minus(IndexFeed.GONE_AFTER);
  }

  private List<VersionRef> passed(Instant now) {
    return sql.list(
        "select v.source_id, v.version from source_versions v"
            + " join sources s on s.id = v.source_id and s.tombstoned_at is null"
            + " join bots b on b.id = s.bot_id and b.tombstoned_at is null where"
            + PASSED
            + "order by v.log_position limit ?",
        row -> new VersionRef(new SourceId(row.uuid("source_id")), row.integer("version")),
        alive(now),
        AT_ONCE);
  }

  private boolean complete(VersionRef ref, Instant now) {
    Optional<Source> source = lock(ref.source());
    if (source.isEmpty() || !end(ref, now)) {
      return false;
    }
    serve(source.get(), ref.version());
    return true;
  }

  private Optional<Source> lock(SourceId id) {
    return sql.find(
        "select tenant_id, bot_id, id, serving_version from sources"
            + " where id = ? and tombstoned_at is null for update",
        PassedVersions::source,
        id.value());
  }

  private boolean end(VersionRef ref, Instant now) {
    return sql.update(
            "update source_versions v set status = 'complete', step = 'indexed',"
                + " step_done = chunk_count, step_total = chunk_count, step_remaining = null,"
                + " error_message = null,"
                + " processed_at = ?"
                + " where v.source_id = ? and v.version = ? and"
                + PASSED,
            now,
            ref.source().value(),
            ref.version(),
            alive(now))
        == 1;
  }

  private void serve(Source source, int version) {
    Integer before = source.serving();
    if (before == null || before < version) {
      sql.update(
          "update sources set serving_version = ? where id = ?", version, source.id().value());
    }
    if (before != null) {
      remove(source, Math.min(before, version));
    }
  }

  private void remove(Source source, int version) {
    log.append(
        LogEntry.Change.VERSION_REMOVED, source.tenant(), source.bot(), source.id(), version);
  }

  private static Source source(Row row) throws SQLException {
    return new Source(
        new TenantId(row.uuid("tenant_id")),
        new BotId(row.uuid("bot_id")),
        new SourceId(row.uuid("id")),
        row.nullableInteger("serving_version"));
  }
}
