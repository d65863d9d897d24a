package io.parley.domain.retrieval;

import io.parley.domain.account.TenantId;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceType;
import io.parley.domain.document.VersionRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an index keeps beside a chunk so that it can search in a scope and under a filter. */
public record ChunkAttributes(
    TenantId tenant,
    BotId bot,
    VersionRef ref,
    SourceType sourceType,
    String contentType,
    Instant uploadedAt,
    @Nullable String language,
    Metadata metadata) {}
