package io.parley.application.retrieval;

import io.parley.domain.document.ChunkId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.PortFailure;
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
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one index up with the log: recovery after a crash, rebuilding, and daily work are all this.
 * Threads take turns.
 *
 * @param <C> what the index holds of a chunk
 */
public final class FollowLog<C> {
  private static final Logger LOG = LoggerFactory.getLogger(FollowLog.class);
  private static final int ENTRIES_AT_ONCE = 256;
  private static final int CHUNKS_AT_ONCE = 2_000;

  /** Often enough that nobody takes a follower that works for gone. */
  static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);

  /** Erasures that come together are merged away together. */
  private static final Duration PURGE_AFTER = Duration.ofMinutes(1);

  private final IndexFeed feed;
  private final IndexFollower<C> index;
  private final FollowerDuty duty;
  private final ChunkPages<C> chunks;
  private final Function<C, ChunkId> idOf;
  private final InstantSource clock;
  private final ReentrantLock one = new ReentrantLock();
  private final SharedTurn turn;
  private final SignsOfLife signs;
  private volatile LogPosition position = LogPosition.START;
  private @Nullable LogPosition reported;
  private IndexFeed.@Nullable Follower reportedAs;
  private Instant reportedAt = Instant.MIN;
  private @Nullable Instant purgeAt = Instant.MIN;
  private boolean started;
  private volatile boolean counted;
  private volatile boolean seen;
  private boolean ours;
  private long wholeFrom;
  private volatile boolean whole;

  /** Reads the chunks of a version, some at a time. */
  @FunctionalInterface
  interface ChunkPages<C> {
    List<C> read(VersionRef ref, @Nullable ChunkId after, int limit);

    /** Before the first portion: makes what is missing, if something is. */
    default void prepare(VersionRef ref, SignsOfLife signs) {}
  }

  /**
   * @param server which of the servers that share the index this is; absent when no other one can
   * @param signOfLife how often a change that takes long says that it goes on
   */
  FollowLog(
      IndexFeed feed,
      IndexFollower<C> index,
      FollowerDuty duty,
      ChunkPages<C> chunks,
      Function<C, ChunkId> idOf,
      @Nullable UUID server,
      InstantSource clock,
      Duration signOfLife) {
    this.feed = feed;
    this.index = index;
    this.duty = duty;
    this.chunks = chunks;
    this.idOf = idOf;
    this.turn = new SharedTurn(feed, duty, index.shared() ? server : null, clock);
    this.signs = new SignsOfLife(name(), signOfLife, () -> turn.isKept(position));
    this.clock = clock;
  }

  /** What the index is called. */
  public String name() {
    return duty.follower().name();
  }

  /** Whether versions wait for it. */
  boolean serves() {
    return duty.follower().serving();
  }

  /** The index, for looking at. */
  public IndexFollower<C> index() {
    return index;
  }

  /** How far it has been read. */
  public LogPosition position() {
    return position;
  }

  /**
   * Reads on. True when something was applied, so that there may be more.
   *
   * @throws PortFailure when database or index fail; calling again goes on from the last position
   */
  public boolean advance() {
    one.lock();
    try {
      return readOn();
    } finally {
      one.unlock();
    }
  }

  /** Whether versions wait for it, as far as this server has told the database. */
  boolean isCountedOn() {
    return counted;
  }

  /** Whether the database knows where the index stands, from this server or from another one. */
  boolean isKnown() {
    return seen;
  }

  /** Whether this server applied changes to the index, or could have, when it last read on. */
  public boolean isOurs() {
    one.lock();
    try {
      return ours;
    } finally {
      one.unlock();
    }
  }

  /** Lets another server that shares the index go on with it. To be called when this one ends. */
  public void release() {
    one.lock();
    try {
      turn.release();
    } finally {
      one.unlock();
    }
  }

  /**
   * Asks for changes while the index stands still at the end of the log, and applies them without
   * moving on. Not while another server works on the index.
   */
  public void atTheEnd(Supplier<List<IndexChange<C>>> changes) {
    one.lock();
    try {
      boolean more = true;
      while (more) {
        more = readOn();
      }
      List<IndexChange<C>> wanted = ours ? changes.get() : List.of();
      if (!wanted.isEmpty()) {
        turn.require();
        signs.during(() -> index.apply(wanted, position));
      }
    } finally {
      one.unlock();
    }
  }

  /**
   * Refuses while the index holds less than it did before this process was started, or before it
   * was found damaged: an answer from a part would be a wrong one.
   *
   * @throws PortFailure {@code UNAVAILABLE} until it has caught up
   */
  public void requireWhole() {
    if (!whole && !isUntouched()) {
      throw new PortFailure(
          PortFailure.Kind.UNAVAILABLE,
          name(),
          "The index is being built from the database. Try again later.",
          null);
    }
  }

  /** Before the first look at the log: nothing may be missing from an index at its end. */
  private boolean isUntouched() {
    LogPosition kept = kept();
    return kept.position() >= feed.head() && feed.knows(kept);
  }

  private LogPosition kept() {
    return index.position().orElseGet(() -> feed.positionOf(duty.follower().id()));
  }

  private boolean readOn() {
    ours = turn.take();
    if (!ours) {
      lookOn();
      return false;
    }
    if (started && !hasLostItsPlace()) {
      report();
    } else {
      start();
    }
    List<LogEntry> entries = feed.after(position.position(), ENTRIES_AT_ONCE);
    apply(entries);
    whole = whole || position.position() >= wholeFrom;
    report();
    purge();
    return !entries.isEmpty();
  }

  /**
   * Another server works on the index: it is as whole as the database says. Whoever goes on with it
   * reads there where it stands.
   */
  private void lookOn() {
    started = false;
    counted = false;
    LogPosition kept = kept();
    if (!seen || kept.position() < position.position()) {
      whole = false;
      wholeFrom = feed.head();
      seen = true;
    }
    position = kept;
    whole = whole || position.position() >= wholeFrom;
  }

  /** An index that finds itself damaged goes back to the start. */
  private boolean hasLostItsPlace() {
    return index.position().filter(kept -> !kept.equals(position) || isDamaged(kept)).isPresent();
  }

  /** At the start a damaged index cannot be told from an empty one by its position. */
  private boolean isDamaged(LogPosition kept) {
    return kept.equals(LogPosition.START) && !index.verify();
  }

  /** Also after a start: what was removed before it may still have its bytes. */
  private void purge() {
    Instant now = clock.instant();
    if (purgeAt != null && !now.isBefore(purgeAt)) {
      purgeAt = index.purge() ? null : now.plus(SIGN_OF_LIFE);
    }
  }

  /**
   * Also what an earlier call applied, when the database was away before it could be reported, and
   * that this follower still lives, also while its index fails.
   */
  private void report() {
    IndexFeed.Follower now = duty.follower();
    if (!position.equals(reported) || !now.equals(reportedAs) || isSignDue()) {
      turn.report(position);
      reported = position;
      reportedAs = now;
      counted = now.serving();
      reportedAt = clock.instant();
    }
  }

  private boolean isSignDue() {
    return !clock.instant().minus(SIGN_OF_LIFE).isBefore(reportedAt);
  }

  private void start() {
    LogPosition kept = kept();
    wholeFrom = feed.head();
    if (started && kept.equals(LogPosition.START)) {
      startOver("is damaged");
    } else if (kept.equals(LogPosition.START) && isHalfEmptied()) {
      startOver("was not emptied to the end");
    } else if (feed.knows(kept)) {
      position = kept;
    } else {
      startOver("does not belong to this database's log");
    }
    reported = null;
    report();
    started = true;
    seen = true;
  }

  /** Only where the database keeps the position, and was told it before the index was empty. */
  private boolean isHalfEmptied() {
    return index.position().isEmpty() && index.count() > 0;
  }

  /** Told first: nobody may take an index for one that holds what it is about to lose. */
  private void startOver(String why) {
    LOG.info("index {} {}: rebuilding it", name(), why);
    whole = false;
    turn.require();
    position = LogPosition.START;
    turn.report(position);
    signs.during(index::startOver);
  }

  private void apply(List<LogEntry> entries) {
    Batch batch = new Batch();
    for (LogEntry entry : entries) {
      switch (entry.change()) {
        case SOURCE_REMOVED -> {
          batch.add(new IndexChange.RemoveSource<>(entry.source()));
          purgeAt = purgeAt == null ? clock.instant().plus(PURGE_AFTER) : purgeAt;
        }
        case VERSION_REMOVED -> batch.add(new IndexChange.RemoveVersion<>(ref(entry)));
        case VERSION_ADDED -> addVersion(ref(entry), batch);
      }
      batch.applied = entry.at();
    }
    batch.flush();
  }

  private void addVersion(VersionRef ref, Batch batch) {
    prepare(ref, batch);
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

  /**
   * What stands before a version that cannot be prepared is not held up by it: removals above all.
   */
  private void prepare(VersionRef ref, Batch batch) {
    try {
      chunks.prepare(ref, signs);
    } catch (RuntimeException e) {
      batch.flush();
      throw e;
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
        turn.require();
        signs.during(() -> index.apply(changes, applied));
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
