package io.parley.application;

import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.port.persistence.Persistence;
import java.time.Instant;
import java.util.List;

/** Whether there is anything left to do. */
final class Idleness {

  private Idleness() {}

  /** What the indexes have passed is completed first: their followers do so a moment later. */
  static boolean isIdle(Persistence persistence, Instant now) {
    IndexFeed feed = persistence.indexFeed();
    return persistence.jobs().depth() == 0
        && feed.completePassed(now) == 0
        && haveAllRead(feed, feed.head(), now.minus(IndexFeed.GONE_AFTER));
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
