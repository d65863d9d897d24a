package io.parley.domain.access;

import io.parley.domain.account.TenantId;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.BotId;

/** What an access check must know of a bot; the only thing read of it before the check. */
public record BotGrant(BotId bot, TenantId tenant, UserId owner, boolean isPublic) {}
