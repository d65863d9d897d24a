package io.parley.adapter.persistence;

import io.parley.domain.account.TenantId;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.ContentType;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.Progress;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.SourceType;
import io.parley.domain.document.Step;
import io.parley.domain.document.TextSpan;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.PortFailure;
import io.parley.domain.retrieval.ChunkAttributes;
import java.sql.SQLException;

/** How columns of {@code source_versions} and {@code chunks} become domain values. */
final class SourceRows {

  private SourceRows() {}

  static Chunk chunk(Row row) throws SQLException {
    return new Chunk(
        new ChunkId(row.uuid("id")),
        new VersionRef(new SourceId(row.uuid("source_id")), row.integer("version")),
        row.integer("ordinal"),
        row.integer("page"),
        new TextSpan(row.integer("start_offset"), row.integer("end_offset")),
        row.nullableText("context"),
        row.text("content"));
  }

  static BlobKey blobKey(Row row, VersionRef ref) throws SQLException {
    return new BlobKey(
        new UserId(row.uuid("blob_owner_id")), ref, new DocumentName(row.text("name")));
  }

  static Progress progress(Row row) throws SQLException {
    return new Progress(
        row.constant("step", Step.class),
        row.integer("step_done"),
        row.integer("step_total"),
        row.nullableInteger("step_remaining"));
  }

  static Metadata metadata(Row row) throws SQLException {
    return Json.metadata(row.text("metadata"));
  }

  static ContentType contentType(Row row) throws SQLException {
    return ContentType.ofMediaType(row.text("content_type"))
        .orElseThrow(() ->
            new PortFailure(
                PortFailure.Kind.CORRUPT_DATA,
                PostgresFailures.BACKEND,
                "The database holds a content type that this version of Parley does not know.",
                null));
  }

  static ChunkAttributes attributes(Row row, VersionRef ref) throws SQLException {
    return new ChunkAttributes(
        new TenantId(row.uuid("tenant_id")),
        new BotId(row.uuid("bot_id")),
        ref,
        row.constant("type", SourceType.class),
        row.text("content_type"),
        row.instant("uploaded_at"),
        row.nullableText("language"),
        metadata(row));
  }
}
