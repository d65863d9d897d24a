package io.parley.application.conversation;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.access.UserScope;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.document.Metadata;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.persistence.ConversationRepository;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens a talk with a bot that the caller may ask. */
public final class StartConversation {
  static final String UNTITLED = "New conversation";

  private final ConversationRepository conversations;
  private final IdSource ids;
  private final InstantSource clock;

  public StartConversation(
      ConversationRepository conversations, IdSource ids, InstantSource clock) {
    this.conversations = conversations;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Empty when the bot was erased just now. Needs {@code ASK} on the bot.
   *
   * @param title absent for one that is made from the first question
   */
  public Optional<Conversation> start(
      UserScope asker, BotScope bot, @Nullable String title, Metadata metadata) {
    bot.require(Permission.ASK);
    return conversations.create(
        asker,
        new ConversationId(ids.next()),
        bot.bot(),
        title == null ? UNTITLED : ConversationRules.title(title),
        metadata,
        clock.instant());
  }
}
