package io.parley.application.document;

import io.parley.domain.access.BotScope;
import io.parley.domain.port.persistence.JobQueue;
import java.util.Optional;

/**
 * How many documents may wait. It is asked before the bytes of a file are received, so that the
 * bounds are overrun by no more than the uploads under way.
 */
final class WaitingRoom {
  private final JobQueue queue;
  private final IntakeLimits limits;

  WaitingRoom(JobQueue queue, IntakeLimits limits) {
    this.queue = queue;
    this.limits = limits;
  }

  /**
   * Why one more cannot wait; empty when it can.
   *
   * @param received files that will wait too, but are not queued yet
   */
  Optional<UploadResult.Refused> refusal(BotScope scope, int received) {
    if (queue.depth(scope) + received >= limits.waitingOfOwner()) {
      return Optional.of(new UploadResult.TooManyWaiting(limits.waitingOfOwner()));
    }
    return queue.depth() + received >= limits.waiting()
        ? Optional.of(new UploadResult.QueueFull())
        : Optional.empty();
  }
}
