package io.parley.domain.bot;

import io.parley.domain.account.TenantId;
import io.parley.domain.account.UserId;
import java.time.Instant;

/**
 * What answers from its own knowledge.
 *
 * @param isClone whether this is the one personal bot that everyone has
 */
public record Bot(
    BotId id,
    TenantId tenant,
    UserId owner,
    BotProfile profile,
    BotStatus status,
    boolean isClone,
    Instant createdAt,
    Instant updatedAt) {}
