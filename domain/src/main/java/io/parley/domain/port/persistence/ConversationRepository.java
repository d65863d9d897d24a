package io.parley.domain.port.persistence;

import io.parley.domain.access.UserScope;
import io.parley.domain.bot.BotId;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.Message;
import io.parley.domain.conversation.MessageId;
import io.parley.domain.document.Metadata;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.Listing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Conversations and messages of the scope's user, and nobody else's. */
public interface ConversationRepository {

  /** Empty when the bot is gone. The access check on the bot is the caller's. */
  Optional<Conversation> create(
      UserScope scope, ConversationId id, BotId bot, String title, Metadata metadata, Instant now);

  Optional<Conversation> find(UserScope scope, ConversationId id);

  /** The user's conversations with a bot, newest first. */
  Listing<Conversation> list(UserScope scope, BotId bot, ListRequest request);

  /** Replaces title and metadata. */
  Optional<Conversation> update(
      UserScope scope, ConversationId id, String title, Metadata metadata, Instant now);

  /** Removes a conversation with its messages; false when there is none. */
  boolean delete(UserScope scope, ConversationId id);

  /**
   * Adds messages in their order, and moves {@code updated_at}. False when the conversation is
   * gone.
   *
   * <p>An answer that cites a tombstoned source, or one of a tombstoned bot, is kept as {@link
   * ErasureRepository#blankAnswersCiting} would leave it: without its content and without the
   * citations of what is gone, and a title that begins with it is not kept. Adding and tombstoning
   * wait for one another, so that whichever comes second sees the first; a transaction that
   * tombstones may not add before it does.
   */
  boolean add(UserScope scope, ConversationId id, List<Message> messages, Instant now);

  /**
   * Takes the conversation's turn: at most one holds it at a time, over all servers, until it is
   * ended or its time is over. False when another holds it, or the conversation is gone.
   *
   * @param turn who holds it from now on
   * @param until when it ends by itself
   */
  boolean takeTurn(UserScope scope, ConversationId id, UUID turn, Instant now, Instant until);

  /** Moves the end of a turn that is still held; false when it is not. */
  boolean keepTurn(UserScope scope, ConversationId id, UUID turn, Instant until);

  /** Ends a turn; nothing happens when it is not held. */
  void endTurn(UserScope scope, ConversationId id, UUID turn);

  /** Oldest first. Empty when there is no such conversation. */
  Optional<Listing<Message>> messages(UserScope scope, ConversationId id, ListRequest request);

  /** The last messages, oldest of them first, without blanked ones. */
  List<Message> latest(UserScope scope, ConversationId id, int limit);

  /** Keeps a rating of an assistant's message; false when there is none. */
  boolean rate(UserScope scope, MessageId message, int rating, @Nullable String comment);
}
