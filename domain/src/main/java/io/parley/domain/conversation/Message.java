package io.parley.domain.conversation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was said.
 *
 * @param content with {@code [n]} where a citation stands
 * @param blanked whether the content was removed because a source that it cites was erased; blanked
 *     messages are never put into a prompt
 * @param usage absent for the user's messages
 * @param responseTime milliseconds, absent for the user's messages
 * @param rating -1 or 1 where the asker rated it
 */
public record Message(
    MessageId id,
    ConversationId conversation,
    Role role,
    String content,
    List<CitationRef> citations,
    boolean blanked,
    Instant createdAt,
    @Nullable TokenUsage usage,
    @Nullable Integer responseTime,
    @Nullable Integer rating) {

  /** Longest content of a user's message, in UTF-16 units. */
  public static final int MAX_QUESTION = 32_000;

  /** Who said it. */
  public enum Role {
    USER,
    ASSISTANT
  }

  public Message {
    citations = List.copyOf(citations);
  }
}
