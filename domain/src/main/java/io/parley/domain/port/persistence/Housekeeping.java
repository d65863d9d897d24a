package io.parley.domain.port.persistence;

import java.time.Instant;

/**
 * Removes what nobody asks for any more, of all tenants. Maintenance side. Every method removes at
 * most {@code limit} rows, oldest first, leaves what somebody else is just removing, and says how
 * many it removed: fewer than {@code limit} when nothing is left for now.
 */
public interface Housekeeping {

  /** Jobs that failed or were cancelled before the given time. Waiting and running ones stay. */
  int removeEndedJobs(Instant before, int limit);

  /** Answers to repeated requests that were to be kept until before the given time. */
  int removeExpiredAnswers(Instant before, int limit);

  /**
   * Followers of the log that last reported before the given time. One that returns reports again,
   * from the position that its index keeps, or else from the start. The one of an index that all
   * servers share stays as long as its generation.
   */
  int removeGoneFollowers(Instant before, int limit);

  /** Refresh tokens that expired before the given time, spent or not. */
  int removeExpiredTokens(Instant before, int limit);

  /** Embeddings of models that no generation has any more. */
  int removeUnusedEmbeddings(int limit);
}
