package io.parley.domain.port.vectorstore;

import io.parley.domain.document.ChunkId;
import io.parley.domain.document.SourceId;
import io.parley.domain.erasure.Retained;
import io.parley.domain.port.Portion;
import io.parley.domain.retrieval.LogPosition;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The maintenance side of an index: it follows the log. One thread at a time calls {@link #apply}
 * and {@link #startOver}; searches go on beside it.
 *
 * <p>An index that finds itself damaged refuses to be read, as {@code UNAVAILABLE}, and is at
 * {@link LogPosition#START} until it is told to start over: it never answers from a part.
 *
 * @param <C> what the index holds of a chunk
 */
public interface IndexFollower<C> extends AutoCloseable {

  /**
   * Whether all servers of a database work on this one index, and take turns to apply changes to
   * it; else each server has its own. The same for as long as it is open.
   */
  boolean shared();

  /**
   * The position that the index itself keeps, in one commit with its content, so that it is right
   * after {@code kill -9}. Empty for a store that cannot keep one: then the database's row counts,
   * and changes since then are applied again. Such a store still says {@link LogPosition#START}
   * when it knows that nothing was ever applied to it, or that it is gone. An index of one server's
   * own always has one.
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

  /**
   * Lists the ids of all held chunks, of all tenants; one that is held twice is listed once.
   *
   * @param from absent for the first portion
   * @param limit at least 1
   */
  Portion<ChunkId> chunks(@Nullable String from, int limit);

  /**
   * How often each of the chunks is held, which should be once; those that are not are missing.
   *
   * @param ids at most 1,000
   */
  Map<ChunkId, Integer> held(Collection<ChunkId> ids);

  /**
   * Reads all that is kept and compares it with its checksums; false when it is damaged. True for a
   * store that looks after its own bytes.
   */
  boolean verify();

  /**
   * Gives up the bytes of chunks that were removed, in the background; searches and changes go on
   * beside it. To be called again until it says true.
   *
   * @return whether the files of the index hold nothing of what was removed before the call; true
   *     at once for a store that removes, or keeps ({@link #retained}), by itself
   */
  boolean purge();

  /** What the store may keep of chunks that were removed, once {@link #purge} says true. */
  Set<Retained> retained();

  @Override
  void close();
}
