package io.parley.domain.port.persistence;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.SourceId;
import io.parley.domain.retrieval.FoundChunk;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Text for showing and prompting, and only what may be shown. */
public interface ChunkRepository {

  /**
   * The chunks among the ids that belong to the scope's bot, to the serving version of their
   * source, and to no tombstoned one. All others are missing from the answer without a word. Needs
   * {@code ASK}.
   *
   * @param ids at most 1,000
   */
  Map<ChunkId, FoundChunk> find(BotScope scope, Collection<ChunkId> ids);

  /**
   * The sources of the scope's bot that no chunk can be shown of now, because no version of them
   * serves yet or they are tombstoned, among those that the chunks belong to: a search may leave
   * them out. Needs {@code ASK}.
   *
   * @param ids at most 1,000
   */
  Set<SourceId> unserved(BotScope scope, Collection<ChunkId> ids);

  /**
   * Like {@link #find}, and chunks of earlier versions of sources that are still there: what old
   * messages cite. Needs {@code ASK}.
   */
  Map<ChunkId, FoundChunk> findCited(BotScope scope, Collection<ChunkId> ids);
}
