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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows and keeps the caller's own conversations. */
public final class BrowseConversations {
  private static final int AT_ONCE = 1_000;

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

  /**
   * One question and its answer, as they are now: what was erased since is gone from them. Empty
   * when either is not in the conversation, or the conversation is not the actor's.
   */
  public Optional<Exchange> exchange(
      Actor.Person actor, ConversationId id, MessageId question, MessageId answer) {
    UserScope scope = Access.own(actor);
    return conversations
        .find(scope, id)
        .flatMap(conversation -> {
          Map<MessageId, Message> found = messages(scope, id, Set.of(question, answer));
          if (found.size() < 2) {
            return Optional.empty();
          }
          List<Message> both =
              List.of(
                  Objects.requireNonNull(found.get(question)),
                  Objects.requireNonNull(found.get(answer)));
          List<ShownMessage> shown = show.show(scope(actor, conversation), both);
          return Optional.of(new Exchange(shown.get(0), shown.get(1)));
        });
  }

  private Map<MessageId, Message> messages(
      UserScope scope, ConversationId id, Set<MessageId> wanted) {
    Map<MessageId, Message> found = new HashMap<>();
    long total = 1;
    for (int skip = 0; skip < total && found.size() < wanted.size(); skip += AT_ONCE) {
      Optional<Listing<Message>> page =
          conversations.messages(scope, id, new ListRequest(skip, AT_ONCE));
      total = page.map(Listing::total).orElse(0L);
      page.stream()
          .flatMap(list -> list.items().stream())
          .filter(message -> wanted.contains(message.id()))
          .forEach(message -> found.put(message.id(), message));
    }
    return found;
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
