package io.parley.application.retrieval;

import io.parley.domain.port.persistence.IndexFeed;

/** What a follower reports itself as: whether versions wait for it may change. */
final class FollowerDuty {
  private volatile IndexFeed.Follower follower;

  FollowerDuty(IndexFeed.Follower follower) {
    this.follower = follower;
  }

  IndexFeed.Follower follower() {
    return follower;
  }

  /** From the next report on. */
  void serve(boolean serving) {
    follower = follower.serving(serving);
  }
}
