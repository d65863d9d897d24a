package io.parley.application.document;

import io.parley.application.digest.CheckedBytes;
import io.parley.domain.access.BotScope;
import io.parley.domain.document.LanguageGuess;
import io.parley.domain.document.PageText;
import io.parley.domain.document.Progress;
import io.parley.domain.document.Step;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.ExtractionResult;
import io.parley.domain.port.ai.TextExtractor;
import io.parley.domain.port.persistence.IngestionRepository;
import io.parley.domain.port.persistence.IngestionRepository.Work;
import io.parley.domain.port.storage.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The first step: a file becomes pages. It is done in one go or again from the beginning, because
 * the pages of a file that turns out to be broken are void; the extractor's limits bound it.
 */
final class ExtractText {
  private static final int PAGES_AT_ONCE = 50;
  private static final int PAGE_UNITS_AT_ONCE = 1_000_000;

  private final IngestionRepository ingestion;
  private final BlobStore blobs;
  private final TextExtractor extractor;
  private final int mostPages;

  ExtractText(
      IngestionRepository ingestion, BlobStore blobs, TextExtractor extractor, int mostPages) {
    this.ingestion = ingestion;
    this.blobs = blobs;
    this.extractor = extractor;
    this.mostPages = mostPages;
  }

  void run(Turn turn, BotScope scope, Work work) {
    turn.fenced(() -> {
      ingestion.progress(scope, work.ref(), new Progress(Step.STORED, 0, 0));
      ingestion.clearPages(scope, work.ref());
    });
    Pages pages = new Pages(turn, scope, work);
    switch (extract(scope, work, pages)) {
      case ExtractionResult.Unreadable unreadable ->
          throw new UnusableDocument(unreadable.sentence());
      case ExtractionResult.Extracted extracted -> pages.finish(extracted);
    }
  }

  private ExtractionResult extract(BotScope scope, Work work, Pages pages) {
    try (CheckedBytes content = new CheckedBytes(open(scope, work), Long.MAX_VALUE)) {
      ExtractionResult result = extractor.extract(content, work.contentType(), pages::add);
      requireAsUploaded(content, work);
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Else people would be told of their file what is true of the copy alone. */
  private static void requireAsUploaded(CheckedBytes content, Work work) throws IOException {
    content.transferTo(OutputStream.nullOutputStream()); // an extractor may know before the end
    if (!content.are(work.size(), work.sha256())) {
      throw lost("The original file in the blob store is not what was uploaded. Upload it again.");
    }
  }

  private InputStream open(BotScope scope, Work work) {
    return blobs
        .open(scope, work.blob())
        .orElseThrow(
            () -> lost("The original file is missing from the blob store. Upload it again."));
  }

  private static PortFailure lost(String sentence) {
    return new PortFailure(PortFailure.Kind.CORRUPT_DATA, "blob store", sentence, null);
  }

  /** Keeps the pages of one file in batches of bounded size. */
  private final class Pages {
    private final Turn turn;
    private final BotScope scope;
    private final Work work;
    private final List<PageText> batch = new ArrayList<>();
    private final StringBuilder beginning = new StringBuilder();
    private int count;
    private int units;
    private boolean text;

    Pages(Turn turn, BotScope scope, Work work) {
      this.turn = turn;
      this.scope = scope;
      this.work = work;
    }

    void add(PageText page) {
      if (++count > mostPages) {
        throw UnusableDocument.moreThan(mostPages, "pages");
      }
      batch.add(page);
      units += page.text().length();
      text |= !page.text().isBlank();
      int room = LanguageGuess.LONGEST - beginning.length();
      beginning.append(page.text(), 0, Math.min(room, page.text().length()));
      if (batch.size() >= PAGES_AT_ONCE || units >= PAGE_UNITS_AT_ONCE) {
        flush();
      }
    }

    private void flush() {
      if (batch.isEmpty()) {
        return;
      }
      turn.fenced(() -> {
        ingestion.addPages(scope, work.ref(), batch);
        Progress progress = new Progress(Step.STORED, batch.getLast().number(), 0);
        ingestion.progress(scope, work.ref(), progress);
      });
      batch.clear();
      units = 0;
    }

    void finish(ExtractionResult.Extracted extracted) {
      flush();
      if (!text) {
        throw new UnusableDocument(
            "There is no text in this file. If its pages are scans, run text recognition (OCR) over it first.");
      }
      turn.keep(() ->
          ingestion.extracted(
              scope,
              work.ref(),
              extracted.title(),
              LanguageGuess.of(beginning.toString()).orElse(null),
              extracted.pageCount()));
    }
  }
}
