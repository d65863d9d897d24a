package io.parley.application.document;

import io.parley.domain.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Since when jobs have waited for a backend that is away, as far as this process knows: with a
 * restart, and with each step that was passed, their time begins anew.
 */
final class Outages {
  private static final Duration LONGEST = Duration.ofDays(1);

  private final Map<JobId, Instant> since = new ConcurrentHashMap<>();

  /** Whether the job may go on waiting: for up to a day. */
  boolean mayBeWaitedOut(JobId job, Instant now) {
    // Those were done elsewhere: who waits here is seen every few minutes.
    since.values().removeIf(begun -> begun.plus(LONGEST.multipliedBy(2)).isBefore(now));
    return now.isBefore(since.computeIfAbsent(job, _ -> now).plus(LONGEST));
  }

  void over(JobId job) {
    since.remove(job);
  }
}
