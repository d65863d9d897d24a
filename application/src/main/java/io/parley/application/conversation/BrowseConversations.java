package io.parley.application.conversation;

import io.parley.domain.access.Access;
import io.parley.domain.access.Actor;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.access.UserScope;
import io.parley.domain.bot.BotId;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.Message;
import io.parley.domain.conversation.MessageId;
import io.parley.domain.document.Metadata;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.Listing;
import io.parley.domain.port.persistence.BotRepository;
import io.parley.domain.port.persistence.ChunkRepository;
import io.parley.domain.port.persistence.ConversationRepository;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows and keeps the caller's own conversations. */
public final class BrowseConversations {
  private final ConversationRepository conversations;
  private final BotRepository bots;
  private final ShowMessages show;
  private final InstantSource clock;

  public BrowseConversations(
      ConversationRepository conversations,
      BotRepository bots,
      ChunkRepository chunks,
      InstantSource clock) {
    this.conversations = conversations;
    this.bots = bots;
    this.show = new ShowMessages(chunks);
    this.clock = clock;
  }

  /** With one bot, newest first. */
  public Listing<Conversation> list(UserScope scope, BotId bot, ListRequest request) {
    return conversations.list(scope, bot, request);
  }

  public Optional<Conversation> find(UserScope scope, ConversationId id) {
    return conversations.find(scope, id);
  }

  /**
   * Changes what is given.
   *
   * @throws io.parley.application.validation.InvalidInput when the title is not acceptable
   */
  public Optional<Conversation> change(
      UserScope scope, ConversationId id, @Nullable String title, @Nullable Metadata metadata) {
    return conversations
        .find(scope, id)
        .flatMap(before ->
            conversations.update(
                scope,
                id,
                title == null ? before.title() : ConversationRules.title(title),
                metadata == null ? before.metadata() : metadata,
                clock.instant()));
  }

  /** False when there is none. */
  public boolean delete(UserScope scope, ConversationId id) {
    return conversations.delete(scope, id);
  }

  /**
   * Oldest first; citations only while the caller may ask the bot. Empty when there is no such
   * conversation.
   */
  public Optional<Listing<ShownMessage>> messages(
      Actor.Person actor, ConversationId id, ListRequest request) {
    UserScope scope = Access.own(actor);
    return conversations
        .find(scope, id)
        .flatMap(
            c -> conversations.messages(scope, id, request).map(list -> shown(actor, c, list)));
  }

  private Listing<ShownMessage> shown(
      Actor.Person actor, Conversation conversation, Listing<Message> list) {
    return new Listing<>(
        show.show(scope(actor, conversation), list.items()), list.total(), list.request());
  }

  private Optional<BotScope> scope(Actor.Person actor, Conversation conversation) {
    return bots.findGrant(actor, conversation.bot())
        .flatMap(grant ->
            switch (Access.check(actor, grant, Permission.ASK)) {
              case Access.Decision.Granted granted -> Optional.of(granted.scope());
              case Access.Decision.Forbidden _, Access.Decision.Hidden _ -> Optional.empty();
            });
  }

  /**
   * Rates an answer; false when there is none.
   *
   * @param rating -1 or 1
   */
  public boolean rate(UserScope scope, MessageId message, int rating, @Nullable String comment) {
    return conversations.rate(scope, message, rating, comment);
  }
}
