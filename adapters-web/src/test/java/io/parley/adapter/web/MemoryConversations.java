package io.parley.adapter.web;

import static java.util.stream.Collectors.toSet;

import io.parley.domain.access.UserScope;
import io.parley.domain.bot.BotId;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.Message;
import io.parley.domain.conversation.MessageId;
import io.parley.domain.document.Metadata;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.Listing;
import io.parley.domain.port.persistence.ConversationRepository;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Conversations in memory. */
final class MemoryConversations implements ConversationRepository {
  private final Map<ConversationId, Conversation> conversations = new ConcurrentHashMap<>();
  private final Map<ConversationId, List<Message>> messages = new ConcurrentHashMap<>();

  @Override
  public Optional<Conversation> create(
      UserScope scope, ConversationId id, BotId bot, String title, Metadata metadata, Instant now) {
    Conversation made =
        new Conversation(id, scope.tenant(), scope.user(), bot, title, metadata, 0, now, now);
    conversations.put(id, made);
    messages.put(id, new CopyOnWriteArrayList<>());
    return Optional.of(made);
  }

  @Override
  public Optional<Conversation> find(UserScope scope, ConversationId id) {
    return Optional.ofNullable(conversations.get(id)).filter(c -> c.asker().equals(scope.user()));
  }

  @Override
  public Listing<Conversation> list(UserScope scope, BotId bot, ListRequest request) {
    List<Conversation> own =
        conversations.values().stream()
            .filter(c -> c.asker().equals(scope.user()) && c.bot().equals(bot))
            .toList();
    return new Listing<>(own, own.size(), request);
  }

  @Override
  public Optional<Conversation> update(
      UserScope scope, ConversationId id, String title, Metadata metadata, Instant now) {
    return find(scope, id)
        .map(c -> {
          Conversation changed =
              new Conversation(
                  id,
                  c.tenant(),
                  c.asker(),
                  c.bot(),
                  title,
                  metadata,
                  c.messageCount(),
                  c.createdAt(),
                  now);
          conversations.put(id, changed);
          return changed;
        });
  }

  @Override
  public boolean delete(UserScope scope, ConversationId id) {
    return find(scope, id).isPresent() && conversations.remove(id) != null;
  }

  @Override
  public boolean add(UserScope scope, ConversationId id, List<Message> added, Instant now) {
    return find(scope, id).isPresent() && messages.get(id).addAll(added);
  }

  /** As the erasure of all that was ever cited leaves them. */
  void eraseAllCited() {
    messages
        .values()
        .forEach(list ->
            list.replaceAll(
                m -> m.without(m.citations().stream().map(c -> c.source()).collect(toSet()))));
  }

  @Override
  public Optional<Listing<Message>> messages(
      UserScope scope, ConversationId id, ListRequest request) {
    return find(scope, id)
        .map(_ -> new Listing<>(messages.get(id), messages.get(id).size(), request));
  }

  @Override
  public List<Message> latest(UserScope scope, ConversationId id, int limit) {
    return List.of();
  }

  @Override
  public boolean rate(UserScope scope, MessageId message, int rating, String comment) {
    return messages.entrySet().stream()
        .filter(e -> find(scope, e.getKey()).isPresent())
        .flatMap(e -> e.getValue().stream())
        .anyMatch(m -> m.id().equals(message) && m.role() == Message.Role.ASSISTANT);
  }
}
