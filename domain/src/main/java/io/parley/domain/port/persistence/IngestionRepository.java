package io.parley.domain.port.persistence;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.ContentType;
import io.parley.domain.document.PageText;
import io.parley.domain.document.Progress;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.retrieval.EmbeddingModel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The products of a version's steps. Every method needs {@code WRITE}. Callers fence their lease
 * first, in the same transaction. Writing a product again replaces it.
 */
public interface IngestionRepository {

  /**
   * Where a version's work stands.
   *
   * @param title the document's own title, once extracted
   */
  record Work(
      VersionRef ref,
      BlobKey blob,
      ContentType contentType,
      long size,
      String sha256,
      Progress progress,
      @Nullable String title,
      int pageCount,
      int chunkCount) {}

  /** Empty when the source is tombstoned or gone, or the version has ended. */
  Optional<Work> find(BotScope scope, VersionRef ref);

  /** Marks the version as {@code PROCESSING} and moves its progress. */
  void progress(BotScope scope, VersionRef ref, Progress progress);

  /** How long the running step takes is not known any more: nobody works on it for now. */
  void pause(BotScope scope, VersionRef ref);

  /** Removes the pages kept so far, before they are extracted anew. */
  void clearPages(BotScope scope, VersionRef ref);

  /** Adds pages in their order. */
  void addPages(BotScope scope, VersionRef ref, List<PageText> pages);

  /** Passes the checkpoint {@code EXTRACTED}; progress is 0 of the pages, which are to be split. */
  void extracted(
      BotScope scope, VersionRef ref, @Nullable String title, @Nullable String language, int pages);

  /** Pages after the given number in their order, at most {@code limit}. */
  List<PageText> pagesAfter(BotScope scope, VersionRef ref, int page, int limit);

  /**
   * What splitting has made up to the end of a page.
   *
   * @param chunks how many there are
   * @param end where the next page begins in the source's text, in UTF-16 units
   */
  record Cut(int chunks, int end) {}

  /**
   * Goes back to the end of a page, 0 for the beginning: removes the chunks of later pages with
   * their embeddings, and says what stays, so that splitting can go on behind it.
   */
  Cut cutUpTo(BotScope scope, VersionRef ref, int page);

  /** Adds chunks in their order. */
  void addChunks(BotScope scope, List<Chunk> chunks);

  /** Passes the checkpoint {@code SPLIT}; progress is 0 of the chunks, which are to be embedded. */
  void split(BotScope scope, VersionRef ref, int chunks);

  /**
   * Chunks of the version without an embedding of the model, in their order, at most {@code limit}.
   */
  List<Chunk> chunksToEmbed(BotScope scope, VersionRef ref, EmbeddingModel model, int limit);

  /** Keeps embeddings. */
  void addEmbeddings(BotScope scope, EmbeddingModel model, Map<ChunkId, float[]> embeddings);

  /**
   * Passes the checkpoint {@code EMBEDDED}; progress is all of the chunks. The log entry that
   * announces it is at the position given.
   */
  void embedded(BotScope scope, VersionRef ref, long logPosition);

  /** Ends the version in {@code ERROR}; its step stays the last checkpoint passed. */
  void fail(BotScope scope, VersionRef ref, String sentence, Instant now);

  /** Removes all rows of a tombstoned source; its tombstone stays. */
  void removeRows(BotScope scope, SourceId source);
}
