package io.parley.adapter.vectorstore.lucene;

import io.parley.domain.document.ChunkId;
import io.parley.domain.document.SourceId;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.retrieval.LogPosition;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.Lock;
import org.jspecify.annotations.Nullable;

/**
 * A Lucene directory that follows the log. Every commit carries the position, and searches see
 * commits only, so that what they see is always what survives.
 */
final class FollowedIndex<C> implements AutoCloseable {

  static final String LOCK = "parley.lock";

  /** Enough for a filter or a query as long as we let them be. */
  private static final int MAX_CLAUSES = 1 << 16;

  private final Directory directory;
  private final Lock owner;
  private final IndexRecipe<C> recipe;
  private final SearcherManager searchers;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile LogPosition position;
  private volatile boolean merged;
  private @Nullable IndexWriter writer;
  private boolean closed;

  private FollowedIndex(
      Directory directory,
      Lock owner,
      IndexRecipe<C> recipe,
      SearcherManager searchers,
      LogPosition position) {
    this.directory = directory;
    this.owner = owner;
    this.recipe = recipe;
    this.searchers = searchers;
    this.position = position;
  }

  /** Opens a directory and owns it from then on; closes it when that fails. */
  static <C> FollowedIndex<C> open(Directory directory, IndexRecipe<C> recipe) {
    IndexSearcher.setMaxClauseCount(Math.max(MAX_CLAUSES, IndexSearcher.getMaxClauseCount()));
    Lock owner = null;
    try {
      owner = directory.obtainLock(LOCK);
      LogPosition position = prepared(directory, recipe);
      SearcherManager searchers = new SearcherManager(directory, recipe.searchers());
      return new FollowedIndex<>(directory, owner, recipe, searchers, position);
    } catch (IOException e) {
      Closing.quietly(owner);
      Closing.quietly(directory);
      throw LuceneFailures.of(e);
    }
  }

  private static LogPosition prepared(Directory directory, IndexRecipe<?> recipe)
      throws IOException {
    var found = IndexFiles.soundOrCleared(directory, recipe.name());
    if (found.isPresent()) {
      return found.get().position();
    }
    try (IndexWriter empty = new IndexWriter(directory, recipe.writing())) {
      empty.setLiveCommitData(
          new IndexOrigin(recipe.name(), LogPosition.START).userData().entrySet());
    }
    return LogPosition.START;
  }

  LogPosition position() {
    return position;
  }

  void apply(List<IndexChange<C>> changes, LogPosition upTo) {
    changes.forEach(recipe::check);
    write(
        opened -> {
          for (IndexChange<C> change : changes) {
            apply(opened, change);
          }
        },
        upTo);
  }

  void startOver() {
    write(IndexWriter::deleteAll, LogPosition.START);
  }

  private void apply(IndexWriter opened, IndexChange<C> change) throws IOException {
    switch (change) {
      case IndexChange.Add<C> add -> {
        for (C chunk : add.chunks()) {
          Document document = recipe.document(chunk);
          opened.updateDocument(ChunkFields.id(recipe.idOf(chunk)), document);
        }
      }
      case IndexChange.RemoveVersion<C> gone ->
          opened.deleteDocuments(ChunkFields.version(gone.ref()));
      case IndexChange.RemoveSource<C> gone ->
          opened.deleteDocuments(ChunkFields.source(gone.source()));
    }
  }

  private void write(Change change, LogPosition upTo) {
    writing.lock();
    try {
      IndexWriter opened = writer();
      change.on(opened);
      opened.setLiveCommitData(new IndexOrigin(recipe.name(), upTo).userData().entrySet());
      commit(opened);
      position = upTo;
      if (merged) {
        commit(opened);
      }
    } catch (IOException | AlreadyClosedException e) {
      dropWriter();
      throw LuceneFailures.of(e);
    } catch (RuntimeException e) {
      dropWriter();
      throw e;
    } finally {
      writing.unlock();
    }
  }

  private void commit(IndexWriter opened) throws IOException {
    merged = false;
    opened.commit();
    searchers.maybeRefreshBlocking();
  }

  private IndexWriter writer() throws IOException {
    if (closed) {
      throw new AlreadyClosedException("closed");
    }
    IndexWriter opened = writer;
    if (opened == null || !opened.isOpen()) {
      dropWriter();
      opened =
          new IndexWriter(
              directory, recipe.writing().setMergeScheduler(new AnnouncedMerges(this::showMerged)));
      writer = opened;
    }
    return opened;
  }

  /** Forgets what was not committed. The next change opens another writer on the last commit. */
  private void dropWriter() {
    IndexWriter dropped = writer;
    writer = null;
    if (dropped != null) {
      Closing.quietly(dropped::rollback);
    }
  }

  /**
   * Merging goes on after the change that set it off: fewer segments are faster to search, but
   * searches see them only after a commit. A writer that is busy will make one anyway.
   */
  private void showMerged() {
    merged = true;
    if (!writing.tryLock()) {
      return;
    }
    try {
      IndexWriter opened = writer;
      if (!closed && opened != null && opened.isOpen()) {
        commit(opened);
      }
    } catch (IOException | AlreadyClosedException e) {
      AnnouncedMerges.log.warn("A merged index is not shown yet: {}", e.toString());
    } finally {
      writing.unlock();
    }
  }

  <R> R search(Search<R> search) {
    try {
      IndexSearcher searcher = searchers.acquire();
      try {
        return search.in(searcher);
      } finally {
        searchers.release(searcher);
      }
    } catch (IOException | AlreadyClosedException e) {
      throw LuceneFailures.of(e);
    }
  }

  long count() {
    return search(searcher -> (long) searcher.getIndexReader().numDocs());
  }

  Set<ChunkId> chunksOf(SourceId source) {
    TermQuery ofSource = new TermQuery(ChunkFields.source(source));
    return search(searcher -> ChunkIds.of(searcher, ofSource));
  }

  /** Waits for merges that are under way. */
  @Override
  public void close() {
    writing.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      Closing.quietly(writer);
      Closing.quietly(searchers);
      Closing.quietly(owner);
      Closing.quietly(directory);
    } finally {
      writing.unlock();
    }
  }

  /** Reads one consistent state. */
  @FunctionalInterface
  interface Search<R> {
    R in(IndexSearcher searcher) throws IOException;
  }

  @FunctionalInterface
  private interface Change {
    void on(IndexWriter opened) throws IOException;
  }
}
