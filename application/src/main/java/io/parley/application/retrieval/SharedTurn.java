package io.parley.application.retrieval;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.retrieval.LogPosition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether this server is the one that applies changes to an index. Always, for an index of its own;
 * servers that share one take turns: one keeps on until it stops, or is silent for the lease. Safe
 * for use by several threads.
 */
final class SharedTurn {
  /** A server that was killed is followed by another one so much later, at most. */
  static final Duration LEASE = Duration.ofSeconds(30);

  private static final Duration RENEWED = Duration.ofSeconds(5);

  private final IndexFeed feed;
  private final FollowerDuty duty;
  private final @Nullable UUID holder;
  private final InstantSource clock;
  private Instant takenAt = Instant.MIN;
  private boolean held;

  /**
   * @param holder this server; absent for an index of its own
   */
  SharedTurn(IndexFeed feed, FollowerDuty duty, @Nullable UUID holder, InstantSource clock) {
    this.feed = feed;
    this.duty = duty;
    this.holder = holder;
    this.clock = clock;
  }

  /** Takes the turn or keeps it; false while it is another server's. */
  synchronized boolean take() {
    if (holder == null) {
      return true;
    }
    Instant now = clock.instant();
    if (!held || !now.isBefore(takenAt.plus(RENEWED))) {
      held = feed.take(duty.follower(), holder, LEASE, now);
      takenAt = now;
    }
    return held;
  }

  /**
   * To be called before a change.
   *
   * @throws PortFailure when the turn was lost meanwhile
   */
  synchronized void require() {
    if (!take()) {
      throw lost();
    }
  }

  /**
   * Reports how far the index is.
   *
   * @throws PortFailure when the turn was lost meanwhile
   */
  synchronized void report(LogPosition position) {
    Instant now = clock.instant();
    if (holder == null) {
      feed.report(duty.follower(), position, now);
    } else if (!feed.report(duty.follower(), holder, position, now)) {
      held = false;
      throw lost();
    }
  }

  /** Keeps the turn, and says that the index still stands there; false when the turn was lost. */
  synchronized boolean isKept(LogPosition position) {
    boolean kept = held() && take();
    if (kept) {
      report(position);
    }
    return kept;
  }

  private boolean held() {
    return holder == null || held;
  }

  /** Lets another server go on at once. */
  synchronized void release() {
    if (holder != null && held) {
      held = false;
      feed.release(duty.follower().id(), holder);
    }
  }

  private PortFailure lost() {
    return new PortFailure(
        PortFailure.Kind.UNAVAILABLE,
        duty.follower().name(),
        "Another server has taken over the work on this index, and goes on with it.",
        null);
  }
}
