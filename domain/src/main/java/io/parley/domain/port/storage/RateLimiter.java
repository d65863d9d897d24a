package io.parley.domain.port.storage;

/**
 * Counts what callers do against limits. Each caller has a bucket of tokens for each limit, full at
 * first. A backend that is away is no failure of the caller's, and no open gate: the limiter then
 * counts in its process. Memory is bounded: of very many callers, those who have not come for
 * longest get a full bucket. Safe for use by many threads.
 */
public interface RateLimiter {

  /**
   * Takes one token, or says when there will be one.
   *
   * @param caller who is counted, any text; no backend gets to read it
   */
  RateDecision take(RateLimit limit, String caller);

  /** Gives a token back that was taken; a full bucket stays as it is. */
  void giveBack(RateLimit limit, String caller);

  /** Forgets what a caller has done: the bucket is full again. */
  void forget(RateLimit limit, String caller);

  /** Whether others with the same backend count with it, and a call waits for the network. */
  boolean shared();
}
