package io.parley.domain.conversation;

import io.parley.domain.account.TenantId;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.Metadata;
import java.time.Instant;

/**
 * One user's talk with one bot. It belongs to the asker, whoever owns the bot.
 *
 * @param tenant the asker's tenant
 * @param title 1–200 characters
 */
public record Conversation(
    ConversationId id,
    TenantId tenant,
    UserId asker,
    BotId bot,
    String title,
    Metadata metadata,
    int messageCount,
    Instant createdAt,
    Instant updatedAt) {

  /** Longest title, in UTF-16 units. */
  public static final int MAX_TITLE = 200;
}
