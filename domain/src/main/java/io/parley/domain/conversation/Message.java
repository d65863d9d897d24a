package io.parley.domain.conversation;

import io.parley.domain.document.SourceId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
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

  /** The answer as it may be kept once these sources are erased: itself when it cites none. */
  public Message without(Set<SourceId> erased) {
    if (citations.stream().noneMatch(citation -> erased.contains(citation.source()))) {
      return this;
    }
    List<CitationRef> left =
        citations.stream().filter(citation -> !erased.contains(citation.source())).toList();
    return new Message(
        id, conversation, role, "", left, true, createdAt, usage, responseTime, rating);
  }
}
