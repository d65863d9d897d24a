package io.parley.adapter.persistence;

import io.parley.domain.account.TenantId;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.SourceId;
import io.parley.domain.job.Job;
import io.parley.domain.job.JobId;
import io.parley.domain.job.JobKind;
import io.parley.domain.job.Lease;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a job becomes a row, and a claimed row a lease. */
final class JobRow {

  private JobRow() {}

  static @Nullable Object[] parameters(Job job, Instant notBefore) {
    BotId bot = job.bot();
    SourceId source = job.source();
    ErasureId erasure = job.erasure();
    return new @Nullable Object[] {
      job.id().value(),
      job.kind(),
      job.tenant().value(),
      job.owner().value(),
      bot == null ? null : bot.value(),
      source == null ? null : source.value(),
      job.version(),
      erasure == null ? null : erasure.value(),
      notBefore
    };
  }

  static Lease lease(Row row) throws SQLException {
    return new Lease(
        job(row), row.uuid("lease_token"), row.integer("attempt"), row.instant("lease_expires_at"));
  }

  private static Job job(Row row) throws SQLException {
    UUID bot = row.nullableUuid("bot_id");
    UUID source = row.nullableUuid("source_id");
    UUID erasure = row.nullableUuid("erasure_id");
    return new Job(
        new JobId(row.uuid("id")),
        row.constant("kind", JobKind.class),
        new TenantId(row.uuid("tenant_id")),
        new UserId(row.uuid("owner_id")),
        bot == null ? null : new BotId(bot),
        source == null ? null : new SourceId(source),
        row.nullableInteger("version"),
        erasure == null ? null : new ErasureId(erasure));
  }
}
