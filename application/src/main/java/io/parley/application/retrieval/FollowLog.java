package io.parley.application.retrieval;

import io.parley.domain.document.ChunkId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.port.vectorstore.IndexFollower;
import io.parley.domain.retrieval.LogEntry;
import io.parley.domain.retrieval.LogPosition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one index up with the log: recovery after a crash, rebuilding, and daily work are all this.
 * Used by one thread.
 *
 * @param <C> what the index holds of a chunk
 */
final class FollowLog<C> {
  private static final Logger LOG = LoggerFactory.getLogger(FollowLog.class);
  private static final int ENTRIES_AT_ONCE = 256;
  private static final int CHUNKS_AT_ONCE = 2_000;

  /** Often enough that nobody takes a follower that works for gone. */
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);

  private final IndexFeed feed;
  private final IndexFollower<C> index;
  private final IndexFeed.Follower follower;
  private final ChunkPages<C> chunks;
  private final Function<C, ChunkId> idOf;
  private final InstantSource clock;
  private LogPosition position = LogPosition.START;
  private @Nullable LogPosition reported;
  private Instant reportedAt = Instant.MIN;
  private boolean started;

  /** Reads the chunks of a version, some at a time. */
  @FunctionalInterface
  interface ChunkPages<C> {
    List<C> read(VersionRef ref, @Nullable ChunkId after, int limit);
  }

  FollowLog(
      IndexFeed feed,
      IndexFollower<C> index,
      IndexFeed.Follower follower,
      ChunkPages<C> chunks,
      Function<C, ChunkId> idOf,
      InstantSource clock) {
    this.feed = feed;
    this.index = index;
    this.follower = follower;
    this.chunks = chunks;
    this.idOf = idOf;
    this.clock = clock;
  }

  /**
   * Reads on. True when something was applied, so that there may be more.
   *
   * @throws io.parley.domain.port.PortFailure when database or index fail; calling again goes on
   *     from the last position
   */
  boolean advance() {
    if (started) {
      report();
    } else {
      start();
    }
    List<LogEntry> entries = feed.after(position.position(), ENTRIES_AT_ONCE);
    apply(entries);
    report();
    return !entries.isEmpty();
  }

  /**
   * Also what an earlier call applied, when the database was away before it could be reported, and
   * that this follower still lives, also while its index fails.
   */
  private void report() {
    if (!position.equals(reported) || isSignDue()) {
      Instant now = clock.instant();
      feed.report(follower, position, now);
      reported = position;
      reportedAt = now;
    }
  }

  private boolean isSignDue() {
    return !clock.instant().minus(SIGN_OF_LIFE).isBefore(reportedAt);
  }

  private void start() {
    LogPosition kept = index.position().orElseGet(() -> feed.positionOf(follower.id()));
    if (feed.knows(kept)) {
      position = kept;
    } else {
      LOG.info("index {} does not belong to this database's log: rebuilding it", follower.name());
      index.startOver();
      position = LogPosition.START;
    }
    report();
    started = true;
  }

  private void apply(List<LogEntry> entries) {
    Batch batch = new Batch();
    for (LogEntry entry : entries) {
      switch (entry.change()) {
        case SOURCE_REMOVED -> batch.add(new IndexChange.RemoveSource<>(entry.source()));
        case VERSION_REMOVED -> batch.add(new IndexChange.RemoveVersion<>(ref(entry)));
        case VERSION_ADDED -> addVersion(ref(entry), batch);
      }
      batch.applied = entry.at();
    }
    batch.flush();
  }

  private void addVersion(VersionRef ref, Batch batch) {
    ChunkId last = null;
    for (List<C> some = chunks.read(ref, last, CHUNKS_AT_ONCE);
        !some.isEmpty();
        some = chunks.read(ref, last, CHUNKS_AT_ONCE)) {
      batch.add(new IndexChange.Add<>(some));
      batch.chunks += some.size();
      last = idOf.apply(some.getLast());
      if (batch.chunks >= CHUNKS_AT_ONCE) {
        batch.flush();
      }
    }
  }

  private static VersionRef ref(LogEntry entry) {
    return new VersionRef(entry.source(), Objects.requireNonNull(entry.version()));
  }

  /** Changes that are applied together; the position moves past entries that are in it whole. */
  private final class Batch {
    private final List<IndexChange<C>> changes = new ArrayList<>();
    private LogPosition applied = position;
    private int chunks;

    void add(IndexChange<C> change) {
      changes.add(change);
    }

    void flush() {
      if (!changes.isEmpty() || !applied.equals(position)) {
        index.apply(changes, applied);
        position = applied;
        changes.clear();
        chunks = 0;
      }
      if (isSignDue()) {
        report();
      }
    }
  }
}
