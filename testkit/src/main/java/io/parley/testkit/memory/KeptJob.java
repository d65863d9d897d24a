package io.parley.testkit.memory;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.VersionRef;
import io.parley.domain.job.Job;
import io.parley.domain.job.Lease;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is kept in memory.
 *
 * @param expiresAt when its lease expires while it runs; when it ended once it has
 * @param error why it was put back
 */
record KeptJob(
    Job job,
    long sequence,
    State state,
    Instant notBefore,
    int attempt,
    @Nullable UUID token,
    Instant expiresAt,
    @Nullable String error) {

  enum State {
    QUEUED,
    RUNNING,
    ENDED
  }

  static KeptJob queued(Job job, long sequence, Instant notBefore) {
    return new KeptJob(job, sequence, State.QUEUED, notBefore, 0, null, Instant.MIN, null);
  }

  boolean isReady(Instant now) {
    return state == State.QUEUED && !notBefore.isAfter(now);
  }

  boolean hasExpired(Instant now) {
    return state == State.RUNNING && !expiresAt.isAfter(now);
  }

  boolean isAbout(BotScope scope, VersionRef ref) {
    return scope.tenant().equals(job.tenant())
        && scope.bot().equals(job.bot())
        && ref.source().equals(job.source())
        && Integer.valueOf(ref.version()).equals(job.version());
  }

  KeptJob claimed(UUID newToken, Instant until) {
    return new KeptJob(
        job, sequence, State.RUNNING, notBefore, attempt + 1, newToken, until, error);
  }

  KeptJob until(Instant until) {
    return new KeptJob(job, sequence, state, notBefore, attempt, token, until, error);
  }

  KeptJob postponed(Instant until, String why) {
    return new KeptJob(job, sequence, State.QUEUED, until, attempt, null, Instant.MIN, why);
  }

  KeptJob untried(Instant now) {
    return new KeptJob(job, sequence, State.QUEUED, now, attempt - 1, null, Instant.MIN, error);
  }

  KeptJob givenBack() {
    return untried(notBefore);
  }

  KeptJob first() {
    return new KeptJob(job, sequence, state, notBefore, 1, token, expiresAt, error);
  }

  KeptJob ended(Instant now) {
    return new KeptJob(job, sequence, State.ENDED, notBefore, attempt, null, now, error);
  }

  Lease lease(UUID held) {
    return new Lease(job, held, attempt, expiresAt);
  }
}
