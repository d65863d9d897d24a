package io.parley.domain.port.vectorstore;

import io.parley.domain.document.ChunkId;
import io.parley.domain.document.SourceId;
import io.parley.domain.retrieval.LogPosition;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The maintenance side of an index: it follows the log. One thread at a time calls {@link #apply}
 * and {@link #startOver}; searches go on beside it.
 *
 * @param <C> what the index holds of a chunk
 */
public interface IndexFollower<C> extends AutoCloseable {

  /**
   * The position that the index itself keeps, in one commit with its content, so that it is right
   * after {@code kill -9}. Empty for a store that cannot keep one: then the database's row counts,
   * and changes since then are applied again.
   */
  Optional<LogPosition> position();

  /**
   * Applies changes in their order and moves to the position. Idempotent: changes that were applied
   * before, whole or in part, leave the same index. On return everything is durable, and visible to
   * searches that begin afterwards.
   */
  void apply(List<IndexChange<C>> changes, LogPosition upTo);

  /** Empties the index and goes back to {@link LogPosition#START}. */
  void startOver();

  /** How many chunks are held, of all tenants. */
  long count();

  /**
   * Which of a source's chunks are held: the evidence of an erasure. Bounded by the source's own
   * chunks.
   */
  Set<ChunkId> chunksOf(SourceId source);

  @Override
  void close();
}
