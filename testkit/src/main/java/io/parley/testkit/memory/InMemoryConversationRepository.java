package io.parley.testkit.memory;

import static io.parley.testkit.memory.InMemoryDatabase.kept;

import io.parley.domain.access.UserScope;
import io.parley.domain.bot.BotId;
import io.parley.domain.conversation.CitationRef;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.Message;
import io.parley.domain.conversation.MessageId;
import io.parley.domain.document.Metadata;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.Listing;
import io.parley.domain.port.persistence.ConversationRepository;
import io.parley.testkit.memory.InMemoryDatabase.KeptTurn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Conversations in memory. */
public final class InMemoryConversationRepository implements ConversationRepository {

  private final InMemoryDatabase database;
  private final InMemoryKnowledge knowledge;

  /** Conversations of a database without sources. */
  public InMemoryConversationRepository(InMemoryDatabase database) {
    this(new InMemoryKnowledge(database));
  }

  InMemoryConversationRepository(InMemoryKnowledge knowledge) {
    this.database = knowledge.database;
    this.knowledge = knowledge;
  }

  @Override
  public Optional<Conversation> create(
      UserScope scope, ConversationId id, BotId bot, String title, Metadata metadata, Instant now) {
    return database.inTransaction(() ->
        database
            .bots
            .get(bot)
            .filter(kept -> !kept.tombstoned())
            .map(_ ->
                put(
                    new Conversation(
                        id,
                        scope.tenant(),
                        scope.user(),
                        bot,
                        title,
                        metadata,
                        0,
                        kept(now),
                        kept(now)))));
  }

  private Conversation put(Conversation conversation) {
    database.conversations.put(conversation.id(), conversation);
    return conversation;
  }

  @Override
  public Optional<Conversation> find(UserScope scope, ConversationId id) {
    return database.inTransaction(
        () -> database.conversations.get(id).filter(conversation -> isOf(scope, conversation)));
  }

  private static boolean isOf(UserScope scope, Conversation conversation) {
    return conversation.asker().equals(scope.user())
        && conversation.tenant().equals(scope.tenant());
  }

  @Override
  public Listing<Conversation> list(UserScope scope, BotId bot, ListRequest request) {
    return database.inTransaction(() ->
        InMemoryDatabase.listing(
            database
                .conversations
                .values()
                .filter(c -> isOf(scope, c) && c.bot().equals(bot))
                .sorted(
                    Comparator.comparing(Conversation::createdAt)
                        .reversed()
                        .thenComparing(c -> c.id().toString())),
            request));
  }

  @Override
  public Optional<Conversation> update(
      UserScope scope, ConversationId id, String title, Metadata metadata, Instant now) {
    return database.inTransaction(
        () -> find(scope, id).map(c -> put(changed(c, title, metadata, c.messageCount(), now))));
  }

  private static Conversation changed(
      Conversation c, String title, Metadata metadata, int messages, Instant now) {
    return new Conversation(
        c.id(),
        c.tenant(),
        c.asker(),
        c.bot(),
        title,
        metadata,
        messages,
        c.createdAt(),
        kept(now));
  }

  @Override
  public boolean delete(UserScope scope, ConversationId id) {
    return database.inTransaction(() -> {
      boolean there = find(scope, id).isPresent();
      if (there) {
        database.conversations.remove(id);
        database.messages.remove(id);
        database.turns.remove(id);
      }
      return there;
    });
  }

  @Override
  public boolean add(UserScope scope, ConversationId id, List<Message> added, Instant now) {
    return database.inTransaction(() -> {
      Optional<Conversation> found = find(scope, id);
      found.ifPresent(c -> {
        List<Message> all = new ArrayList<>(said(id));
        added.stream().map(this::withoutErased).map(m -> with(m, m.rating())).forEach(all::add);
        database.messages.put(id, List.copyOf(all));
        boolean untitled =
            added.stream()
                .anyMatch(m ->
                    !withoutErased(m).equals(m)
                        && InMemoryErasureRepository.isStartOf(c.title(), m));
        put(changed(c, untitled ? "Conversation" : c.title(), c.metadata(), all.size(), now));
      });
      return found.isPresent();
    });
  }

  private Message withoutErased(Message message) {
    return message.without(
        message.citations().stream()
            .map(CitationRef::source)
            .filter(knowledge::isErased)
            .collect(Collectors.toSet()));
  }

  private List<Message> said(ConversationId id) {
    return database.messages.get(id).orElse(List.of());
  }

  @Override
  public boolean takeTurn(
      UserScope scope, ConversationId id, UUID turn, Instant now, Instant until) {
    return database.inTransaction(() -> {
      boolean free =
          find(scope, id).isPresent()
              && database.turns.get(id).filter(t -> t.until().isAfter(kept(now))).isEmpty();
      if (free) {
        database.turns.put(id, new KeptTurn(turn, kept(until)));
      }
      return free;
    });
  }

  @Override
  public boolean keepTurn(UserScope scope, ConversationId id, UUID turn, Instant until) {
    return database.inTransaction(() -> {
      boolean held = isHeld(scope, id, turn);
      if (held) {
        database.turns.put(id, new KeptTurn(turn, kept(until)));
      }
      return held;
    });
  }

  @Override
  public void endTurn(UserScope scope, ConversationId id, UUID turn) {
    database.run(() -> {
      if (isHeld(scope, id, turn)) {
        database.turns.remove(id);
      }
    });
  }

  private boolean isHeld(UserScope scope, ConversationId id, UUID turn) {
    return find(scope, id).isPresent()
        && database.turns.get(id).filter(t -> t.turn().equals(turn)).isPresent();
  }

  @Override
  public Optional<Listing<Message>> messages(
      UserScope scope, ConversationId id, ListRequest request) {
    return database.inTransaction(
        () -> find(scope, id).map(c -> InMemoryDatabase.listing(said(id).stream(), request)));
  }

  @Override
  public List<Message> latest(UserScope scope, ConversationId id, int limit) {
    return database.inTransaction(() -> {
      List<Message> shown =
          find(scope, id).stream()
              .flatMap(c -> said(id).stream())
              .filter(message -> !message.blanked())
              .toList();
      return shown.subList(Math.max(0, shown.size() - limit), shown.size());
    });
  }

  @Override
  public boolean rate(UserScope scope, MessageId id, int rating, @Nullable String comment) {
    if (rating != -1 && rating != 1) {
      throw new IllegalArgumentException("A rating is -1 or 1.");
    }
    return database.inTransaction(() ->
        database
            .messages
            .first(all -> all.stream().anyMatch(m -> isRateable(scope, m, id)))
            .map(all -> rate(all, id, rating, comment))
            .orElse(false));
  }

  private boolean isRateable(UserScope scope, Message message, MessageId id) {
    return message.id().equals(id)
        && message.role() == Message.Role.ASSISTANT
        && find(scope, message.conversation()).isPresent();
  }

  private boolean rate(List<Message> all, MessageId id, int rating, @Nullable String comment) {
    database.ratingComments.remove(id);
    if (comment != null) {
      database.ratingComments.put(id, comment);
    }
    database.messages.put(
        all.getFirst().conversation(),
        all.stream().map(m -> m.id().equals(id) ? with(m, rating) : m).toList());
    return true;
  }

  private static Message with(Message m, @Nullable Integer rating) {
    return new Message(
        m.id(),
        m.conversation(),
        m.role(),
        m.content(),
        m.citations(),
        m.blanked(),
        kept(m.createdAt()),
        m.usage(),
        m.responseTime(),
        rating);
  }
}
