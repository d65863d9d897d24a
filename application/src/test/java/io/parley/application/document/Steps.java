package io.parley.application.document;

import io.parley.application.Bench;
import io.parley.application.background.WorkSignal;
import io.parley.domain.document.ContentType;
import io.parley.domain.document.Document;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.erasure.ErasureReceipt.Store;
import io.parley.domain.job.JobKind;
import io.parley.domain.job.Lease;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.port.ai.TextSplitter;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.port.persistence.JobQueue;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.persistence.Transactions;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.retrieval.GenerationId;
import io.parley.domain.retrieval.LogEntry;
import io.parley.domain.retrieval.LogPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** The work behind documents, done job by job under a clock that a test sets. */
final class Steps {
  static final Duration LEASE = Duration.ofSeconds(20);
  static final Duration REVISIT = Duration.ofMinutes(15);
  static final GenerationId GENERATION = new GenerationId(new UUID(9, 9));
  static final IndexFeed.Follower VECTORS = new IndexFeed.Follower(new UUID(7, 1), "vectors", true);
  static final IndexFeed.Follower WORDS = new IndexFeed.Follower(new UUID(7, 2), "words", true);

  final Bench bench = new Bench();
  volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
  BlobStore blobs = bench.blobs;
  TextSplitter splitter = bench.splitter;
  IntakeLimits limits = IntakeLimits.DEFAULT;

  UploadDocument upload() {
    return upload(bench.database.transactions());
  }

  UploadDocument upload(Transactions transactions) {
    return new UploadDocument(
        bench.database.documents(),
        new FileReceiver(
            blobs,
            (_, _) -> Optional.of(ContentType.TEXT),
            () -> now,
            new WaitingRoom(bench.database.jobs(), limits),
            1_000_000),
        scheduler(),
        transactions,
        new WorkSignal(),
        IdSource.random());
  }

  JobScheduler scheduler() {
    return new JobScheduler(bench.database.jobs(), IdSource.random(), () -> now);
  }

  SourceId uploaded(String text) {
    return Bench.accepted(upload().upload(bench.scope, Bench.file("log.txt", text))).id();
  }

  CancelDocument cancel() {
    return new CancelDocument(
        bench.database.documents(),
        bench.database.ingestion(),
        bench.database.jobs(),
        bench.database.changeLog(),
        bench.database.transactions(),
        () -> now);
  }

  EraseKnowledge erase() {
    return new EraseKnowledge(
        bench.database, scheduler(), new WorkSignal(), IdSource.random(), () -> now);
  }

  EraseAccount eraseAccount() {
    return new EraseAccount(
        bench.database, scheduler(), new WorkSignal(), IdSource.random(), () -> now);
  }

  RunJob worker() {
    return worker(bench.embedder);
  }

  /** A worker as after a restart. */
  RunJob worker(Embedder embedder) {
    return worker(bench.database, blobs, embedder);
  }

  /** A worker that is killed at one of its calls to a port. */
  RunJob workerKilledAt(AtomicInteger call) {
    return worker(
        Killing.database(bench.database, call),
        Killing.port(BlobStore.class, blobs, call),
        bench.embedder);
  }

  /** A worker over other stores. */
  RunJob worker(Persistence database, BlobStore blobs, Embedder embedder) {
    IngestVersion ingest =
        new IngestVersion(
            database.ingestion(),
            new ExtractText(database.ingestion(), blobs, bench.extractor, limits.pages()),
            new SplitText(
                database.ingestion(), splitter, new ChunkingOptions(200, 0), limits.chunks()),
            new EmbedChunks(
                database.ingestion(), database.changeLog(), () -> embedder, new WorkSignal()));
    CarryOutErasure erasure =
        new CarryOutErasure(
            database,
            new JobScheduler(database.jobs(), IdSource.random(), () -> now),
            new RemoveKnowledge(
                database.erasures(),
                database.ingestion(),
                blobs,
                new IndexRemoval(
                    database.changeLog(), database.indexFeed(), this::indexes, new WorkSignal())),
            new ReclaimSpace(database.space(), () -> now),
            REVISIT,
            () -> now);
    return new RunJob(
        database.jobs(), database.ingestion(), database.transactions(), ingest, erasure, () -> now);
  }

  private List<OwnIndex> indexes() {
    return List.of(
        new OwnIndex(VECTORS, Store.VECTORS, GENERATION, bench.vectors),
        new OwnIndex(WORDS, Store.WORDS, null, bench.words));
  }

  /** Both indexes read the log to its end, as their followers do. */
  void followed() {
    IndexFeed feed = bench.database.indexFeed();
    for (LogEntry entry : feed.after(bench.words.position().orElseThrow().position(), 10_000)) {
      VersionRef ref =
          new VersionRef(entry.source(), entry.version() == null ? 1 : entry.version());
      switch (entry.change()) {
        case VERSION_ADDED -> {
          bench.words.apply(List.of(new IndexChange.Add<>(feed.words(ref, null, 100))), entry.at());
          bench.vectors.apply(
              List.of(new IndexChange.Add<>(feed.vectors(ref, bench.embedder.model(), null, 100))),
              entry.at());
        }
        case VERSION_REMOVED -> {
          bench.words.apply(List.of(new IndexChange.RemoveVersion<>(ref)), entry.at());
          bench.vectors.apply(List.of(new IndexChange.RemoveVersion<>(ref)), entry.at());
        }
        case SOURCE_REMOVED -> {
          bench.words.apply(List.of(new IndexChange.RemoveSource<>(entry.source())), entry.at());
          bench.vectors.apply(List.of(new IndexChange.RemoveSource<>(entry.source())), entry.at());
        }
      }
    }
    feed.report(VECTORS, bench.vectors.position().orElseThrow(), now);
    feed.report(WORDS, bench.words.position().orElseThrow(), now);
    feed.completePassed(now);
  }

  /** A failure that may pass. */
  static PortFailure unavailable() {
    return new PortFailure(PortFailure.Kind.UNAVAILABLE, "embedder", "The planted failure.", null);
  }

  /** Whether there is any job, now or later; it stays where it is. */
  boolean hasWork() {
    JobQueue jobs = bench.database.jobs();
    Optional<Lease> any =
        jobs.claim("onlooker", EnumSet.allOf(JobKind.class), LEASE, now.plus(Duration.ofDays(9)));
    any.ifPresent(lease -> jobs.giveWay(lease, now));
    return any.isPresent();
  }

  Optional<Lease> claim() {
    return bench.database.jobs().claim("worker", EnumSet.allOf(JobKind.class), LEASE, now);
  }

  /** Does the next job; false when none is due. */
  boolean runNext(RunJob worker) {
    Optional<Lease> lease = claim();
    lease.ifPresent(worker::run);
    return lease.isPresent();
  }

  /** As followers do once they have passed everything. */
  Document completed(SourceId id) {
    IndexFeed feed = bench.database.indexFeed();
    var follower = new IndexFeed.Follower(new UUID(7, 7), "test", true);
    feed.report(
        follower,
        feed.after(0, 10_000).stream()
            .reduce((_, b) -> b)
            .map(e -> e.at())
            .orElse(LogPosition.START),
        now);
    feed.completePassed(now);
    feed.report(
        new IndexFeed.Follower(follower.id(), "test", false), LogPosition.START, Instant.EPOCH);
    bench.database.housekeeping().removeGoneFollowers(Instant.EPOCH.plusSeconds(1), 10);
    return bench.document(id);
  }

  int pages(SourceId id) {
    return bench
        .database
        .ingestion()
        .pagesAfter(bench.scope, new VersionRef(id, 1), 0, 1_000)
        .size();
  }
}
