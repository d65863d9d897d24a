package io.parley.application;

import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.port.persistence.Persistence;
import java.time.Instant;
import java.util.List;

/** Whether there is anything left to do. */
final class Idleness {

  private Idleness() {}

  /**
   * Asked in the order in which work flows: what a job leaves is in the log when the job is gone,
   * and what is in the log can be completed when the indexes have passed it. In another order
   * something might slip from one place to the next between two questions, and be seen in neither.
   */
  static boolean isIdle(Persistence persistence, Instant now) {
    IndexFeed feed = persistence.indexFeed();
    return persistence.jobs().depth() == 0
        && haveAllRead(feed, feed.head(), now.minus(IndexFeed.GONE_AFTER))
        && feed.completePassed(now) == 0;
  }

  private static boolean haveAllRead(IndexFeed feed, long head, Instant alive) {
    List<IndexFeed.Standing> serving =
        feed.standings().stream()
            .filter(standing -> standing.follower().serving())
            .filter(standing -> !standing.seenAt().isBefore(alive))
            .toList();
    return !serving.isEmpty()
        && serving.stream().allMatch(standing -> standing.position().position() >= head);
  }
}
