package io.parley.application.document;

import io.parley.application.background.WorkSignal;
import io.parley.domain.access.BotScope;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.LanguageGuess;
import io.parley.domain.document.PageText;
import io.parley.domain.document.Progress;
import io.parley.domain.document.Step;
import io.parley.domain.document.VersionRef;
import io.parley.domain.job.Lease;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.port.ai.ExtractionResult;
import io.parley.domain.port.ai.TextExtractor;
import io.parley.domain.port.ai.TextSplitter;
import io.parley.domain.port.persistence.ChangeLog;
import io.parley.domain.port.persistence.IngestionRepository;
import io.parley.domain.port.persistence.IngestionRepository.Work;
import io.parley.domain.port.persistence.JobQueue;
import io.parley.domain.port.persistence.Transactions;
import io.parley.domain.port.storage.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes one version in, step by step. Each step's product is kept before the next begins, so that
 * after a crash the work goes on where it was. Every change of a row is made under the job's lease.
 */
final class IngestVersion {
  private static final int PAGES_AT_ONCE = 50;
  private static final int PAGE_UNITS_AT_ONCE = 1_000_000;
  private static final int EMBED_AT_ONCE = 64;

  private final IngestionRepository ingestion;
  private final JobQueue queue;
  private final ChangeLog log;
  private final Transactions transactions;
  private final BlobStore blobs;
  private final TextExtractor extractor;
  private final TextSplitter splitter;
  private final ChunkingOptions chunking;
  private final Embedder embedder;
  private final WorkSignal indexSignal;
  private volatile boolean stopping;

  IngestVersion(
      IngestionRepository ingestion,
      JobQueue queue,
      ChangeLog log,
      Transactions transactions,
      BlobStore blobs,
      TextExtractor extractor,
      TextSplitter splitter,
      ChunkingOptions chunking,
      Embedder embedder,
      WorkSignal indexSignal) {
    this.ingestion = ingestion;
    this.queue = queue;
    this.log = log;
    this.transactions = transactions;
    this.blobs = blobs;
    this.extractor = extractor;
    this.splitter = splitter;
    this.chunking = chunking;
    this.embedder = embedder;
    this.indexSignal = indexSignal;
  }

  /**
   * Runs what is left to do. Nothing, when the version has ended or its source is gone.
   *
   * @throws UnusableDocument when the file cannot be used
   * @throws PortFailure when something outside failed
   */
  void run(Lease lease, BotScope scope, VersionRef ref) {
    Optional<Work> work = ingestion.find(scope, ref);
    if (work.isEmpty()) {
      return;
    }
    Step reached = work.get().progress().step();
    if (!reached.reached(Step.EXTRACTED)) {
      extract(lease, scope, work.get());
    }
    if (!reached.reached(Step.SPLIT)) {
      ingestion.find(scope, ref).ifPresent(extracted -> split(lease, scope, extracted));
    }
    if (!reached.reached(Step.EMBEDDED)) {
      ingestion.find(scope, ref).ifPresent(split -> embed(lease, scope, split));
    }
  }

  private void extract(Lease lease, BotScope scope, Work work) {
    fenced(
        lease,
        () -> {
          ingestion.progress(scope, work.ref(), new Progress(Step.STORED, 0, 0));
          ingestion.clearPages(scope, work.ref());
        });
    PageBatch batch = new PageBatch(pages -> keepPages(lease, scope, work.ref(), pages));
    ExtractionResult result = extract(scope, work, batch);
    switch (result) {
      case ExtractionResult.Unreadable unreadable ->
          throw new UnusableDocument(unreadable.sentence());
      case ExtractionResult.Extracted extracted -> {
        batch.flush();
        if (!batch.hasText()) {
          throw new UnusableDocument(
              "There is no text in this file. If its pages are scans, run text recognition (OCR) over it first.");
        }
        fenced(
            lease,
            () ->
                ingestion.extracted(
                    scope,
                    work.ref(),
                    extracted.title(),
                    LanguageGuess.of(batch.beginning()).orElse(null),
                    extracted.pageCount()));
      }
    }
  }

  private ExtractionResult extract(BotScope scope, Work work, PageBatch batch) {
    try (InputStream content = open(scope, work)) {
      return extractor.extract(content, work.contentType(), batch::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private InputStream open(BotScope scope, Work work) {
    return blobs
        .open(scope, work.blob())
        .orElseThrow(() ->
            new PortFailure(
                PortFailure.Kind.CORRUPT_DATA,
                "blob store",
                "The original file is missing from the blob store. Upload it again.",
                null));
  }

  private void keepPages(Lease lease, BotScope scope, VersionRef ref, List<PageText> pages) {
    fenced(
        lease,
        () -> {
          ingestion.addPages(scope, ref, pages);
          ingestion.progress(scope, ref, new Progress(Step.STORED, pages.getLast().number(), 0));
        });
  }

  private void split(Lease lease, BotScope scope, Work work) {
    fenced(lease, () -> ingestion.clearChunks(scope, work.ref()));
    ChunkCutter cutter = new ChunkCutter(splitter, chunking, work.ref(), work.title());
    int page = 0;
    for (List<PageText> pages = pagesAfter(scope, work, page);
        !pages.isEmpty();
        pages = pagesAfter(scope, work, page)) {
      List<Chunk> chunks = new ArrayList<>();
      pages.forEach(p -> chunks.addAll(cutter.cut(p)));
      page = pages.getLast().number();
      Progress progress = new Progress(Step.EXTRACTED, page, work.pageCount());
      fenced(
          lease,
          () -> {
            ingestion.addChunks(scope, chunks);
            ingestion.progress(scope, work.ref(), progress);
          });
    }
    if (cutter.count() == 0) {
      throw new UnusableDocument("There is no text in this file that could be searched.");
    }
    fenced(lease, () -> ingestion.split(scope, work.ref(), cutter.count()));
  }

  private List<PageText> pagesAfter(BotScope scope, Work work, int page) {
    return ingestion.pagesAfter(scope, work.ref(), page, PAGES_AT_ONCE);
  }

  private void embed(Lease lease, BotScope scope, Work work) {
    for (List<Chunk> chunks = chunksToEmbed(scope, work);
        !chunks.isEmpty();
        chunks = chunksToEmbed(scope, work)) {
      Map<ChunkId, float[]> embeddings = embed(chunks);
      int done = chunks.getLast().ordinal() + 1;
      Progress progress = new Progress(Step.SPLIT, done, work.chunkCount());
      fenced(
          lease,
          () -> {
            ingestion.addEmbeddings(scope, embedder.model(), embeddings);
            ingestion.progress(scope, work.ref(), progress);
          });
    }
    fenced(
        lease,
        () -> {
          long position = log.versionAdded(scope, work.ref()).position();
          ingestion.embedded(scope, work.ref(), position);
        });
    indexSignal.raise();
  }

  private List<Chunk> chunksToEmbed(BotScope scope, Work work) {
    return ingestion.chunksToEmbed(scope, work.ref(), embedder.model(), EMBED_AT_ONCE);
  }

  private Map<ChunkId, float[]> embed(List<Chunk> chunks) {
    List<float[]> vectors =
        embedder.embedPassages(chunks.stream().map(Chunk::embeddingText).toList());
    if (vectors.size() != chunks.size()) {
      throw new PortFailure(
          PortFailure.Kind.CORRUPT_DATA,
          embedder.model().name(),
          "The embedding model returned "
              + vectors.size()
              + " vectors for "
              + chunks.size()
              + " texts.",
          null);
    }
    Map<ChunkId, float[]> embeddings = new LinkedHashMap<>();
    for (int i = 0; i < chunks.size(); i++) {
      embeddings.put(chunks.get(i).id(), EmbeddingCheck.checked(vectors.get(i), embedder.model()));
    }
    return embeddings;
  }

  /** From now on the work ends before its next change. */
  void stop() {
    stopping = true;
  }

  private void fenced(Lease lease, Runnable change) {
    if (stopping) {
      throw new Stopped();
    }
    transactions.run(() -> {
      queue.fence(lease);
      change.run();
    });
  }

  /** The process is stopping; the work goes on elsewhere, or later. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Keeps pages in batches of bounded size. */
  private static final class PageBatch {
    private final Consumer<List<PageText>> keep;
    private final List<PageText> pages = new ArrayList<>();
    private final StringBuilder beginning = new StringBuilder();
    private int units;
    private boolean text;

    PageBatch(Consumer<List<PageText>> keep) {
      this.keep = keep;
    }

    void add(PageText page) {
      pages.add(page);
      units += page.text().length();
      text |= !page.text().isBlank();
      int room = LanguageGuess.LONGEST - beginning.length();
      beginning.append(page.text(), 0, Math.min(room, page.text().length()));
      if (pages.size() >= PAGES_AT_ONCE || units >= PAGE_UNITS_AT_ONCE) {
        flush();
      }
    }

    void flush() {
      if (!pages.isEmpty()) {
        keep.accept(List.copyOf(pages));
        pages.clear();
        units = 0;
      }
    }

    boolean hasText() {
      return text;
    }

    /** Enough of the text to tell its language. */
    String beginning() {
      return beginning.toString();
    }
  }
}
