package io.parley.testkit.memory;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.account.UserId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.job.Job;
import io.parley.domain.job.JobKind;
import io.parley.domain.job.Lease;
import io.parley.domain.job.LeaseLostException;
import io.parley.domain.port.persistence.JobQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The queue in memory. */
final class InMemoryJobQueue implements JobQueue {

  private final InMemoryKnowledge knowledge;
  private long sequence;
  private long turn;

  InMemoryJobQueue(InMemoryKnowledge knowledge) {
    this.knowledge = knowledge;
  }

  @Override
  public void add(Job job, Instant notBefore) {
    knowledge.database.run(() -> {
      if (knowledge.turns.get(job.owner()).isEmpty()) {
        knowledge.turns.put(job.owner(), ++turn);
      }
      knowledge.jobs.put(job.id(), KeptJob.queued(job, ++sequence, notBefore));
    });
  }

  @Override
  public Optional<Lease> claim(String worker, Set<JobKind> kinds, Duration leaseFor, Instant now) {
    return knowledge.database.inTransaction(() ->
        expired(kinds, now)
            .or(() -> next(kinds, now))
            .map(kept -> {
              UUID token = UUID.randomUUID();
              KeptJob claimed = kept.claimed(token, now.plus(leaseFor));
              knowledge.jobs.put(kept.job().id(), claimed);
              knowledge.turns.put(kept.job().owner(), ++turn);
              return claimed.lease(token);
            }));
  }

  private Optional<KeptJob> expired(Set<JobKind> kinds, Instant now) {
    return jobs(kinds)
        .filter(job -> job.hasExpired(now))
        .min(Comparator.comparing(KeptJob::expiresAt));
  }

  private Optional<KeptJob> next(Set<JobKind> kinds, Instant now) {
    return jobs(kinds)
        .filter(job -> job.isReady(now))
        .min(
            Comparator.<KeptJob>comparingLong(job -> turnOf(job.job().owner()))
                .thenComparing(KeptJob::notBefore)
                .thenComparingLong(KeptJob::sequence));
  }

  private Stream<KeptJob> jobs(Set<JobKind> kinds) {
    return knowledge.jobs.values().filter(job -> kinds.contains(job.job().kind()));
  }

  private long turnOf(UserId owner) {
    return knowledge.turns.get(owner).orElse(0L);
  }

  @Override
  public boolean renew(Lease lease, Duration leaseFor, Instant now) {
    return held(lease, job -> job.until(now.plus(leaseFor)));
  }

  @Override
  public void fence(Lease lease) {
    if (!held(lease, job -> job)) {
      throw new LeaseLostException(lease.job().id());
    }
  }

  @Override
  public boolean complete(Lease lease, Instant now) {
    return knowledge.database.inTransaction(
        () -> held(lease, job -> job) && knowledge.jobs.remove(lease.job().id()));
  }

  @Override
  public boolean retryLater(Lease lease, Instant notBefore, String error) {
    return held(lease, job -> job.postponed(notBefore, error));
  }

  @Override
  public boolean handBack(Lease lease, Instant now) {
    return held(lease, job -> job.untried(now));
  }

  @Override
  public boolean othersWait(Lease lease, Instant now) {
    return knowledge.database.inTransaction(() ->
        jobs(EnumSet.of(lease.job().kind()))
            .filter(job -> !job.job().owner().equals(lease.job().owner()))
            .anyMatch(job -> job.isReady(now) || job.hasExpired(now)));
  }

  @Override
  public boolean giveWay(Lease lease, Instant now) {
    return knowledge.database.inTransaction(() -> {
      boolean given = held(lease, KeptJob::givenBack);
      if (given) {
        knowledge.turns.put(lease.job().owner(), ++turn);
      }
      return given;
    });
  }

  @Override
  public boolean forgetAttempts(Lease lease) {
    return held(lease, KeptJob::first);
  }

  @Override
  public boolean fail(Lease lease, String error, Instant now) {
    return held(lease, job -> job.ended(now));
  }

  private boolean held(Lease lease, UnaryOperator<KeptJob> change) {
    return knowledge.database.inTransaction(() -> {
      Optional<KeptJob> held =
          knowledge.jobs.get(lease.job().id()).filter(job -> lease.token().equals(job.token()));
      held.ifPresent(job -> knowledge.jobs.put(job.job().id(), change.apply(job)));
      return held.isPresent();
    });
  }

  @Override
  public boolean cancel(BotScope scope, VersionRef ref) {
    scope.require(Permission.WRITE);
    return knowledge.database.inTransaction(() -> {
      List<KeptJob> about =
          knowledge
              .jobs
              .values()
              .filter(job -> job.isAbout(scope, ref) && job.state() != KeptJob.State.ENDED)
              .toList();
      about.forEach(job -> knowledge.jobs.put(job.job().id(), job.ended(Instant.now())));
      return !about.isEmpty();
    });
  }

  @Override
  public long depth(BotScope scope) {
    scope.require(Permission.WRITE);
    return depth(job ->
        job.job().owner().equals(scope.owner()) && job.job().tenant().equals(scope.tenant()));
  }

  @Override
  public long depth() {
    return depth(_ -> true);
  }

  private long depth(Predicate<KeptJob> which) {
    return knowledge.database.inTransaction(() ->
        knowledge
            .jobs
            .values()
            .filter(job -> job.state() != KeptJob.State.ENDED)
            .filter(job -> job.job().kind() == JobKind.INGEST)
            .filter(which)
            .count());
  }
}
