package io.parley.application.document;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.PageText;
import io.parley.domain.document.Progress;
import io.parley.domain.document.Step;
import io.parley.domain.port.ai.TextSplitter;
import io.parley.domain.port.persistence.IngestionRepository;
import io.parley.domain.port.persistence.IngestionRepository.Cut;
import io.parley.domain.port.persistence.IngestionRepository.Work;
import java.util.ArrayList;
import java.util.List;

/**
 * The second step: pages become chunks. Chunks are kept together with the number of their last page
 * in the progress, so that a worker who takes the step up again goes on with the page after it.
 */
final class SplitText {
  private static final int PAGES_AT_ONCE = 8;
  private static final int CHUNKS_AT_ONCE = 500;

  private final IngestionRepository ingestion;
  private final TextSplitter splitter;
  private final ChunkingOptions chunking;
  private final int mostChunks;

  SplitText(
      IngestionRepository ingestion,
      TextSplitter splitter,
      ChunkingOptions chunking,
      int mostChunks) {
    this.ingestion = ingestion;
    this.splitter = splitter;
    this.chunking = chunking;
    this.mostChunks = mostChunks;
  }

  void run(Turn turn, BotScope scope, Work work) {
    Pieces pieces = new Pieces(turn, scope, work);
    for (List<PageText> pages = pieces.nextPages(); !pages.isEmpty(); pages = pieces.nextPages()) {
      pages.forEach(pieces::cut);
    }
    pieces.finish();
  }

  /** The chunks of one version, kept in batches that end with a page. */
  private final class Pieces {
    private final Turn turn;
    private final BotScope scope;
    private final Work work;
    private final ChunkCutter cutter;
    private final List<Chunk> batch = new ArrayList<>();
    private int page;

    Pieces(Turn turn, BotScope scope, Work work) {
      this.turn = turn;
      this.scope = scope;
      this.work = work;
      this.page = work.progress().done();
      Cut[] kept = new Cut[1];
      turn.fenced(() -> kept[0] = ingestion.cutUpTo(scope, work.ref(), page));
      this.cutter = new ChunkCutter(splitter, chunking, work.ref(), work.title(), kept[0]);
    }

    List<PageText> nextPages() {
      return ingestion.pagesAfter(scope, work.ref(), page, PAGES_AT_ONCE);
    }

    void cut(PageText text) {
      batch.addAll(cutter.cut(text));
      page = text.number();
      if (cutter.count() > mostChunks) {
        throw UnusableDocument.moreThan(mostChunks, "passages");
      }
      if (batch.size() >= CHUNKS_AT_ONCE) {
        flush();
        turn.between(0);
      }
    }

    private void flush() {
      turn.keep(() -> {
        ingestion.addChunks(scope, batch);
        Progress progress = new Progress(Step.EXTRACTED, page, work.pageCount());
        ingestion.progress(scope, work.ref(), progress);
      });
      batch.clear();
    }

    void finish() {
      if (cutter.count() == 0) {
        throw new UnusableDocument("There is no text in this file that could be searched.");
      }
      flush();
      turn.keep(() -> ingestion.split(scope, work.ref(), cutter.count()));
    }
  }
}
