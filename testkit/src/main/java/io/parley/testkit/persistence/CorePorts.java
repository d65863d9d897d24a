package io.parley.testkit.persistence;

import io.parley.domain.port.persistence.BotRepository;
import io.parley.domain.port.persistence.ConversationRepository;
import io.parley.domain.port.persistence.IdempotencyRepository;
import io.parley.domain.port.persistence.InstanceSecrets;
import io.parley.domain.port.persistence.RefreshTokenRepository;
import io.parley.domain.port.persistence.Transactions;
import io.parley.domain.port.persistence.UserRepository;

/** Ports over the same rows, as the contracts need them together. */
public record CorePorts(
    Transactions transactions,
    UserRepository users,
    RefreshTokenRepository refreshTokens,
    InstanceSecrets secrets,
    BotRepository bots,
    ConversationRepository conversations,
    IdempotencyRepository idempotency) {}
