package io.parley.application.retrieval;

import io.parley.application.background.BackgroundLoop;
import io.parley.application.background.WorkSignal;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.port.vectorstore.KeywordIndex;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.IndexedWords;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One loop for each index of this process, which follows the log and completes what all have
 * passed.
 */
public final class FollowIndexes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FollowIndexes.class);

  private final IndexFeed feed;
  private final WorkSignal signal;
  private final UUID server;
  private final InstantSource clock;
  private final Map<FollowLog<?>, BackgroundLoop> loops = new LinkedHashMap<>();
  private boolean started;

  /**
   * @param server what tells this server from others on the same database, the same after a restart
   */
  public FollowIndexes(IndexFeed feed, WorkSignal signal, String server, InstantSource clock) {
    this.feed = feed;
    this.signal = signal;
    this.server = ServingGeneration.idOf(server);
    this.clock = clock;
  }

  /** Adds a vector store that holds the embeddings of a model, as far as there are some. */
  public FollowLog<IndexedVector> add(
      IndexFeed.Follower follower, VectorStore store, EmbeddingModel model) {
    return add(
        new FollowerDuty(follower),
        store,
        (ref, after, limit) -> feed.vectors(ref, model, after, limit));
  }

  /** Adds a vector store that holds what it is given to read. */
  FollowLog<IndexedVector> add(
      FollowerDuty duty, VectorStore store, FollowLog.ChunkPages<IndexedVector> chunks) {
    return added(
        new FollowLog<>(
            feed, store, duty, chunks, IndexedVector::id, server, clock, FollowLog.SIGN_OF_LIFE));
  }

  /** Adds a keyword index. */
  public FollowLog<IndexedWords> add(IndexFeed.Follower follower, KeywordIndex index) {
    return added(
        new FollowLog<>(
            feed,
            index,
            new FollowerDuty(follower),
            feed::words,
            IndexedWords::id,
            server,
            clock,
            FollowLog.SIGN_OF_LIFE));
  }

  private synchronized <C> FollowLog<C> added(FollowLog<C> log) {
    BackgroundLoop loop = new BackgroundLoop("index-" + log.name(), signal, () -> advance(log));
    loops.put(log, loop);
    if (started) {
      loop.start();
    }
    return log;
  }

  /** Ends the loop of an index that nobody needs any more. */
  void remove(FollowLog<?> log) {
    BackgroundLoop loop = taken(log);
    if (loop != null) {
      loop.close();
      release(log);
    }
  }

  private synchronized @Nullable BackgroundLoop taken(FollowLog<?> log) {
    return loops.remove(log);
  }

  public synchronized void start() {
    started = true;
    loops.values().forEach(BackgroundLoop::start);
  }

  /**
   * An index that has not said where it stands yet would be taken for one that nobody waits for.
   */
  private boolean advance(FollowLog<?> log) {
    boolean some = log.advance();
    boolean known = logs().stream().filter(FollowLog::serves).allMatch(FollowLog::isKnown);
    if (known && feed.completePassed(clock.instant()) > 0) {
      signal.raise();
    }
    return some;
  }

  private synchronized List<FollowLog<?>> logs() {
    return List.copyOf(loops.keySet());
  }

  private synchronized List<BackgroundLoop> ended() {
    started = false;
    return List.copyOf(loops.values());
  }

  @Override
  public void close() {
    BackgroundLoop.closeTogether(ended());
    logs().forEach(FollowIndexes::release);
  }

  /** Without it, others wait for the lease. */
  private static void release(FollowLog<?> log) {
    try {
      log.release();
    } catch (PortFailure e) {
      LOG.warn("{}: {}", e.backend(), e.sentence());
    }
  }
}
