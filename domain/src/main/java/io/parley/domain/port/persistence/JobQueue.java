package io.parley.domain.port.persistence;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.VersionRef;
import io.parley.domain.job.Job;
import io.parley.domain.job.JobKind;
import io.parley.domain.job.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Work that survives. Jobs are taken by owners in turn, and within an owner in their order; two
 * claims at the same time go to two owners when two wait. A lease that was not renewed until it
 * expired is given to the next who asks. Maintenance side: only workers call {@link #claim}; all
 * that follows is fenced by the lease's token.
 */
public interface JobQueue {

  /** Queues work, in the caller's transaction. */
  void add(Job job, Instant notBefore);

  /** The next job whose time has come; empty when there is none. */
  Optional<Lease> claim(String worker, Set<JobKind> kinds, Duration leaseFor, Instant now);

  /** Extends the lease; false when it is lost. */
  boolean renew(Lease lease, Duration leaseFor, Instant now);

  /**
   * To be called first in every transaction that changes rows for a job: locks the job's row until
   * the commit.
   *
   * @throws io.parley.domain.job.LeaseLostException when another worker holds it, or it was
   *     cancelled
   */
  void fence(Lease lease);

  /** The work is done; false when the lease was lost. */
  boolean complete(Lease lease, Instant now);

  /** Puts the job back for later, keeping what went wrong; false when the lease was lost. */
  boolean retryLater(Lease lease, Instant notBefore, String error);

  /**
   * Puts the job back untried, because the worker stops: the attempt does not count. False when the
   * lease was lost.
   */
  boolean handBack(Lease lease, Instant now);

  /**
   * Whether a job of the same kind, but of another owner, could be claimed now. Cheap however many
   * jobs the lease's own owner has waiting.
   */
  boolean othersWait(Lease lease, Instant now);

  /**
   * Puts the job back because others wait: its owner goes to the end of the turn, the job keeps its
   * place among the owner's own, and the attempt does not count. False when the lease was lost.
   */
  boolean giveWay(Lease lease, Instant now);

  /**
   * The work has kept something since it was claimed, so that the attempts before do not count any
   * more: this one is the first. False when the lease was lost.
   */
  boolean forgetAttempts(Lease lease);

  /** Gives the job up, keeping what went wrong; false when the lease was lost. */
  boolean fail(Lease lease, String error, Instant now);

  /**
   * Cancels waiting and running work on a version of the scope's bot; the worker finds its lease
   * lost. True when there was any. Needs {@code WRITE}.
   */
  boolean cancel(BotScope scope, VersionRef ref);

  /** How many documents of the scope's owner wait to be taken in, or are. Needs {@code WRITE}. */
  long depth(BotScope scope);

  /**
   * How many documents wait to be taken in, or are, of all owners. Both depths are asked at each
   * upload: their cost does not follow the number of jobs. Erasures are not counted: they have to
   * be done, and wait for their second visit.
   */
  long depth();
}
