package io.parley.domain.port.persistence;

import io.parley.domain.document.ChunkId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.GenerationId;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.IndexedWords;
import io.parley.domain.retrieval.LogEntry;
import io.parley.domain.retrieval.LogPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The reading side of the log: maintenance, across tenants. Followers read from it and report to
 * it.
 */
public interface IndexFeed {

  /**
   * A follower that has not reported for longer is taken to be gone: nothing waits for it any more.
   * When it returns it catches up from the log. Followers and those who complete go by their own
   * clocks, which must agree to some seconds.
   */
  Duration GONE_AFTER = Duration.ofMinutes(1);

  /**
   * A follower of the log.
   *
   * @param id the same across restarts of the same index
   * @param serving whether versions wait for it before they are complete: somebody may answer from
   *     its index, or is about to
   * @param generation what it is the index of; absent for words
   * @param server whose own it is; absent for an index that all servers share
   */
  record Follower(
      UUID id,
      String name,
      boolean serving,
      @Nullable GenerationId generation,
      @Nullable UUID server) {

    /** A follower of which neither is known. */
    public Follower(UUID id, String name, boolean serving) {
      this(id, name, serving, null, null);
    }

    /** The same one with another duty. */
    public Follower serving(boolean value) {
      return new Follower(id, name, value, generation, server);
    }
  }

  /** Whether the entry of the position still stands there; always true for the start. */
  boolean knows(LogPosition position);

  /** Entries after the position in their order, at most {@code limit}. */
  List<LogEntry> after(long position, int limit);

  /** The last position; 0 for an empty log. */
  long head();

  /**
   * Embedded chunks of a version in their order, after the given one, at most {@code limit};
   * nothing for a version whose source is tombstoned or gone or whose rows were replaced.
   */
  List<IndexedVector> vectors(
      VersionRef ref, EmbeddingModel model, @Nullable ChunkId after, int limit);

  /** Chunks of a version in their order, as above. */
  List<IndexedWords> words(VersionRef ref, @Nullable ChunkId after, int limit);

  /** Where the database thinks a follower stands; the start for an unknown one. */
  LogPosition positionOf(UUID follower);

  /**
   * Records how far a follower is, and that it was there at this time. A follower of the generation
   * that serves is kept as one that serves, whatever it takes itself for; nothing is recorded of a
   * generation that is gone.
   */
  void report(Follower follower, LogPosition position, Instant now);

  /**
   * Takes the turn at an index that several servers share, or keeps it: whoever has it applies
   * changes and reports, nobody else does. An unknown follower is made, at the start.
   *
   * @param holder the same across restarts of the same server
   * @return false while another holder's time has not run out
   */
  boolean take(Follower follower, UUID holder, Duration leaseFor, Instant now);

  /**
   * As {@link #report(Follower, LogPosition, Instant)}, for whoever took the turn.
   *
   * @return false, and nothing is recorded, when the turn is not the holder's any more
   */
  boolean report(Follower follower, UUID holder, LogPosition position, Instant now);

  /** Gives the turn back, so that nobody waits for it. One that is another's is no error. */
  void release(UUID follower, UUID holder);

  /** Where a follower stands, and when it last said so. */
  record Standing(Follower follower, LogPosition position, Instant seenAt) {}

  /** All followers, of all servers, also those that have not reported for long; by id. */
  List<Standing> standings();

  /**
   * Completes every version that all serving followers have passed that reported within {@link
   * #GONE_AFTER}, and none while there is no such follower: it becomes {@code COMPLETE}, with all
   * of its chunks done, and the one that serves, and the version that served before is removed from
   * the indexes by an entry in the log. Its chunks stay readable for the messages that cite them. A
   * version older than the serving one completes without serving, and is the one that is removed
   * from the indexes. One transaction a version.
   *
   * @return how many were completed
   */
  int completePassed(Instant now);
}
