package io.parley.application.conversation;

import io.parley.domain.access.BotScope;
import io.parley.domain.conversation.Citation;
import io.parley.domain.conversation.CitationRef;
import io.parley.domain.conversation.Message;
import io.parley.domain.document.ChunkId;
import io.parley.domain.port.persistence.ChunkRepository;
import io.parley.domain.retrieval.FoundChunk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the quotes of messages in the reader's scope. What may not, or can no longer, be read is
 * left out.
 */
final class ShowMessages {
  private static final int CHUNKS_AT_ONCE = 1_000;

  private final ChunkRepository chunks;

  ShowMessages(ChunkRepository chunks) {
    this.chunks = chunks;
  }

  List<ShownMessage> show(Optional<BotScope> scope, List<Message> messages) {
    List<ChunkId> ids =
        messages.stream()
            .flatMap(m -> m.citations().stream())
            .map(CitationRef::chunk)
            .distinct()
            .toList();
    Map<ChunkId, FoundChunk> found = new HashMap<>();
    for (int i = 0; i < ids.size() && scope.isPresent(); i += CHUNKS_AT_ONCE) {
      found.putAll(
          chunks.findCited(scope.get(), ids.subList(i, Math.min(ids.size(), i + CHUNKS_AT_ONCE))));
    }
    return messages.stream().map(m -> new ShownMessage(m, citations(m, found))).toList();
  }

  /** Whether everything that a message cites can still be read. */
  boolean allReadable(BotScope scope, Message message) {
    Set<ChunkId> cited =
        message.citations().stream().map(CitationRef::chunk).collect(Collectors.toSet());
    return cited.isEmpty() || chunks.findCited(scope, cited).keySet().containsAll(cited);
  }

  private static List<Citation> citations(Message message, Map<ChunkId, FoundChunk> found) {
    return message.citations().stream().flatMap(ref -> citation(ref, found).stream()).toList();
  }

  private static Optional<Citation> citation(CitationRef ref, Map<ChunkId, FoundChunk> found) {
    return Optional.ofNullable(found.get(ref.chunk()))
        .filter(chunk -> ref.quote().end() <= chunk.chunk().content().length())
        .map(chunk -> new Citation(ref, chunk));
  }
}
