package io.parley.adapter.vectorstore.lucene;

import io.parley.domain.document.ChunkId;
import io.parley.domain.document.SourceId;
import io.parley.domain.port.Portion;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.retrieval.LogPosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.Lock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Lucene directory that follows the log. Every commit carries the position, and searches see
 * commits only, so that what they see is always what survives.
 */
final class FollowedIndex<C> implements AutoCloseable {

  static final String LOCK = "parley.lock";

  /** Enough for a filter or a query as long as we let them be. */
  private static final int MAX_CLAUSES = 1 << 16;

  /** At most so often, what a search throws that says nothing of files makes us read them all. */
  private static final long VERIFIED_EVERY = Duration.ofMinutes(1).toNanos();

  private static final Logger log = LoggerFactory.getLogger(FollowedIndex.class);

  private final Directory directory;
  private final Lock owner;
  private final IndexRecipe<C> recipe;
  private volatile SearcherManager searchers;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile LogPosition position;
  private volatile boolean merged;
  private volatile boolean damaged;
  private volatile long verifiedAt = System.nanoTime() - VERIFIED_EVERY;
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

  /** What is damaged has nothing that could be relied on. */
  LogPosition position() {
    return damaged ? LogPosition.START : position;
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

  /** Also of what is damaged: then every file goes, and another index is begun. */
  void startOver() {
    if (damaged) {
      replace();
    } else {
      write(IndexWriter::deleteAll, LogPosition.START);
    }
  }

  private void replace() {
    writing.lock();
    try {
      requireOpen();
      dropWriter();
      Closing.quietly(searchers);
      if (FilterDirectory.unwrap(directory) instanceof FSDirectory files) {
        Files.createDirectories(files.getDirectory());
      }
      IndexFiles.clear(directory);
      position = prepared(directory, recipe);
      searchers = new SearcherManager(directory, recipe.searchers());
      damaged = false;
    } catch (IOException | AlreadyClosedException e) {
      throw LuceneFailures.of(e);
    } finally {
      writing.unlock();
    }
  }

  /** Closes it and removes its directory with every file. */
  void drop() {
    writing.lock();
    try {
      if (closed) {
        return;
      }
      dropWriter();
      IndexFiles.clear(directory);
      Path emptied = IndexFiles.pathOf(directory);
      close();
      IndexFiles.removeEmptied(emptied);
    } catch (IOException e) {
      throw LuceneFailures.of(e);
    } finally {
      writing.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new AlreadyClosedException("closed");
    }
  }

  /** From now on nothing is answered, until the follower has started over. */
  private void noticeDamage(Throwable sign) {
    if (!damaged && !closed && LuceneFailures.tellsOfDamage(sign)) {
      damaged = true;
      log.warn("The index {} is damaged ({}): it is built again.", recipe.name(), sign.toString());
    }
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
      case IndexChange.RemoveChunks<C> gone ->
          opened.deleteDocuments(gone.chunks().stream().map(ChunkFields::id).toArray(Term[]::new));
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
      noticeDamage(e);
      throw LuceneFailures.of(e);
    } catch (RuntimeException e) {
      dropWriter();
      throw e;
    } finally {
      writing.unlock();
    }
  }

  /**
   * Lucene marks what is removed and drops it when it merges: merges what holds something removed,
   * in the background, and lets the old files go. What is merged later is not asked for again.
   */
  boolean purge() {
    writing.lock();
    try {
      if (writer == null && !this.<Boolean>search(s -> s.getIndexReader().hasDeletions())) {
        return true;
      }
      IndexWriter opened = writer();
      if (opened.hasDeletions()) {
        opened.forceMergeDeletes(false);
        return false;
      }
      commit(opened);
      return true;
    } catch (IOException | AlreadyClosedException e) {
      dropWriter();
      throw LuceneFailures.of(e);
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
    requireOpen();
    if (damaged) {
      throw LuceneFailures.beingRebuilt(null);
    }
    IndexWriter opened = writer;
    if (opened == null || !opened.isOpen()) {
      dropWriter();
      opened =
          new IndexWriter(
              directory,
              recipe
                  .writing()
                  .setMergeScheduler(new AnnouncedMerges(this::showMerged, this::noticeDamage)));
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
    if (damaged) {
      throw LuceneFailures.beingRebuilt(null);
    }
    SearcherManager current = searchers;
    try {
      IndexSearcher searcher = current.acquire();
      try {
        return search.in(searcher);
      } finally {
        current.release(searcher);
      }
    } catch (IOException | AlreadyClosedException e) {
      if (current == searchers) {
        noticeDamage(e);
      }
      throw LuceneFailures.of(e);
    } catch (RuntimeException | InternalError | AssertionError e) {
      if (isFromDamage()) {
        throw LuceneFailures.beingRebuilt(e);
      }
      throw e;
    }
  }

  /**
   * Flipped bits can look like anything to a reader that trusts its files; a file that was cut
   * while it was mapped is an {@link InternalError}.
   */
  private boolean isFromDamage() {
    long now = System.nanoTime();
    if (!damaged && now - verifiedAt >= VERIFIED_EVERY) {
      verifiedAt = now;
      return !verify();
    }
    return damaged;
  }

  /** Reads every file; false when one is damaged. */
  boolean verify() {
    if (damaged) {
      return false;
    }
    try {
      requireEveryFile();
      verifyWhatIsSearched();
    } catch (IOException | UncheckedIOException | InternalError e) {
      noticeDamage(signOf(e));
      if (!damaged) {
        throw LuceneFailures.of(e);
      }
    } catch (AlreadyClosedException e) {
      throw LuceneFailures.of(e);
    }
    return !damaged;
  }

  private static Throwable signOf(Throwable thrown) {
    return switch (thrown) {
      case InternalError cut -> new CorruptIndexException("a mapped file was cut", "index", cut);
      case UncheckedIOException unchecked -> Objects.requireNonNull(unchecked.getCause());
      default -> thrown;
    };
  }

  private void requireEveryFile() throws IOException {
    writing.lock();
    try {
      requireOpen();
      IndexFiles.requireEveryFile(directory);
    } finally {
      writing.unlock();
    }
  }

  private void verifyWhatIsSearched() throws IOException {
    SearcherManager current = searchers;
    IndexSearcher searcher = current.acquire();
    try {
      IndexFiles.verifyAll(searcher.getIndexReader());
    } catch (IOException | UncheckedIOException | InternalError e) {
      if (current == searchers) {
        throw e;
      }
      throw new AlreadyClosedException("The index was replaced meanwhile.", e);
    } finally {
      current.release(searcher);
    }
  }

  Portion<ChunkId> chunks(@Nullable String from, int limit) {
    return search(searcher -> new HeldChunks(searcher.getIndexReader()).after(from, limit));
  }

  Map<ChunkId, Integer> held(Collection<ChunkId> ids) {
    return search(searcher -> new HeldChunks(searcher.getIndexReader()).of(ids));
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
