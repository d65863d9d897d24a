package io.parley.application.document;

import io.parley.application.background.WorkSignal;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.ai.ContentTypeDetector;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.port.ai.TextExtractor;
import io.parley.domain.port.ai.TextSplitter;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.storage.BlobStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * Puts together what happens to documents: the calls that people make, and the work behind them.
 */
public final class DocumentUseCases implements AutoCloseable {
  private final UploadDocument upload;
  private final BrowseDocuments browse;
  private final CancelDocument cancel;
  private final EraseKnowledge erase;
  private final EraseAccount eraseAccount;
  private final ReadReceipt receipts;
  private final JobWorkers workers;

  /**
   * What the work needs beside the database.
   *
   * @param embedder of the generation that serves when it is asked for
   * @param indexes all indexes of this process now
   * @param jobs raised when there is work
   * @param log raised when the log has grown
   * @param eraseAgainAfter when an erasure looks for what came late
   * @param workers documents taken in at the same time
   */
  public record Parts(
      Persistence persistence,
      BlobStore blobs,
      ContentTypeDetector detector,
      TextExtractor extractor,
      TextSplitter splitter,
      ChunkingOptions chunking,
      IntakeLimits limits,
      Supplier<Embedder> embedder,
      Supplier<List<OwnIndex>> indexes,
      WorkSignal jobs,
      WorkSignal log,
      long uploadLimit,
      Duration eraseAgainAfter,
      int workers,
      String server,
      IdSource ids,
      InstantSource clock) {}

  public DocumentUseCases(Parts parts) {
    Persistence p = parts.persistence();
    JobScheduler scheduler = new JobScheduler(p.jobs(), parts.ids(), parts.clock());
    FileReceiver receiver =
        new FileReceiver(
            parts.blobs(),
            parts.detector(),
            parts.clock(),
            new WaitingRoom(p.jobs(), parts.limits()),
            parts.uploadLimit());
    upload =
        new UploadDocument(
            p.documents(), receiver, scheduler, p.transactions(), parts.jobs(), parts.ids());
    browse = new BrowseDocuments(p.documents(), parts.blobs());
    cancel =
        new CancelDocument(
            p.documents(), p.ingestion(), p.jobs(), p.changeLog(), p.transactions(), parts.clock());
    erase = new EraseKnowledge(p, scheduler, parts.jobs(), parts.ids(), parts.clock());
    eraseAccount = new EraseAccount(p, scheduler, parts.jobs(), parts.ids(), parts.clock());
    receipts = new ReadReceipt(p.receipts());
    workers = workers(parts, scheduler);
  }

  private static JobWorkers workers(Parts parts, JobScheduler scheduler) {
    Persistence p = parts.persistence();
    CarryOutErasure erasure = erasure(parts, scheduler);
    RunJob runJob =
        new RunJob(
            p.jobs(), p.ingestion(), p.transactions(), ingestion(parts), erasure, parts.clock());
    return new JobWorkers(
        p.jobs(), runJob, parts.jobs(), parts.clock(), parts.server(), parts.workers());
  }

  private static IngestVersion ingestion(Parts parts) {
    Persistence p = parts.persistence();
    IntakeLimits limits = parts.limits();
    return new IngestVersion(
        p.ingestion(),
        new ExtractText(p.ingestion(), parts.blobs(), parts.extractor(), limits.pages()),
        new SplitText(p.ingestion(), parts.splitter(), parts.chunking(), limits.chunks()),
        new EmbedChunks(p.ingestion(), p.changeLog(), parts.embedder(), parts.log()));
  }

  private static CarryOutErasure erasure(Parts parts, JobScheduler scheduler) {
    Persistence p = parts.persistence();
    return new CarryOutErasure(
        p,
        scheduler,
        new RemoveKnowledge(
            p.erasures(),
            p.ingestion(),
            parts.blobs(),
            new IndexRemoval(p.changeLog(), p.indexFeed(), parts.indexes(), parts.log())),
        new ReclaimSpace(p.space(), parts.clock()),
        parts.eraseAgainAfter(),
        parts.clock());
  }

  public UploadDocument upload() {
    return upload;
  }

  public BrowseDocuments browse() {
    return browse;
  }

  public CancelDocument cancel() {
    return cancel;
  }

  public EraseKnowledge erase() {
    return erase;
  }

  public EraseAccount eraseAccount() {
    return eraseAccount;
  }

  public ReadReceipt receipts() {
    return receipts;
  }

  /** Begins to work on what is queued. */
  public void start() {
    workers.start();
  }

  @Override
  public void close() {
    workers.close();
  }
}
