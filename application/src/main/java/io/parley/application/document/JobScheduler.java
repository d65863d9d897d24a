package io.parley.application.document;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.UserScope;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.job.Job;
import io.parley.domain.job.JobId;
import io.parley.domain.job.JobKind;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.persistence.JobQueue;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Queues the work of a scope, in the caller's transaction. */
public final class JobScheduler {
  private final JobQueue queue;
  private final IdSource ids;
  private final InstantSource clock;

  public JobScheduler(JobQueue queue, IdSource ids, InstantSource clock) {
    this.queue = queue;
    this.ids = ids;
    this.clock = clock;
  }

  /** Takes a version in, from the last checkpoint that it passed. */
  public void ingest(BotScope scope, VersionRef ref) {
    add(scope, JobKind.INGEST, ref.source(), ref.version(), null);
  }

  void eraseSource(BotScope scope, SourceId source, ErasureId erasure) {
    add(scope, JobKind.ERASE_SOURCE, source, null, erasure);
  }

  void eraseBot(BotScope scope, ErasureId erasure) {
    add(scope, JobKind.ERASE_BOT, null, null, erasure);
  }

  void eraseAccount(UserScope scope, ErasureId erasure) {
    JobId id = new JobId(ids.next());
    queue.add(
        new Job(id, JobKind.ERASE_ACCOUNT, scope.tenant(), scope.user(), null, null, null, erasure),
        clock.instant());
  }

  /** The same work once more, later. */
  void again(Job job, Instant notBefore) {
    queue.add(
        new Job(
            new JobId(ids.next()),
            job.kind(),
            job.tenant(),
            job.owner(),
            job.bot(),
            job.source(),
            job.version(),
            job.erasure()),
        notBefore);
  }

  private void add(
      BotScope scope,
      JobKind kind,
      @Nullable SourceId source,
      @Nullable Integer version,
      @Nullable ErasureId erasure) {
    JobId id = new JobId(ids.next());
    queue.add(
        new Job(id, kind, scope.tenant(), scope.owner(), scope.bot(), source, version, erasure),
        clock.instant());
  }
}
