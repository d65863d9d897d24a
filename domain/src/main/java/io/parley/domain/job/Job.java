package io.parley.domain.job;

import io.parley.domain.account.TenantId;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.SourceId;
import org.jspecify.annotations.Nullable;

/**
 * Queued work.
 *
 * @param owner whose turn it takes: the queue is fair between owners
 * @param bot the bot that it is about, absent for a whole account
 * @param source the source it is about, absent for a whole bot
 * @param version the version it is about, absent for a whole source
 * @param erasure the erasure that it carries out, absent for other work
 */
public record Job(
    JobId id,
    JobKind kind,
    TenantId tenant,
    UserId owner,
    @Nullable BotId bot,
    @Nullable SourceId source,
    @Nullable Integer version,
    @Nullable ErasureId erasure) {}
