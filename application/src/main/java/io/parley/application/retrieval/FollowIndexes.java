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
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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
  private final List<FollowLog<?>> logs = new ArrayList<>();
  private final List<BackgroundLoop> loops = new ArrayList<>();

  /**
   * @param server what tells this server from others on the same database, the same after a restart
   */
  public FollowIndexes(IndexFeed feed, WorkSignal signal, String server, InstantSource clock) {
    this.feed = feed;
    this.signal = signal;
    this.server = UUID.nameUUIDFromBytes(server.getBytes(StandardCharsets.UTF_8));
    this.clock = clock;
  }

  /** Adds a vector store that holds the embeddings of a model. Before {@link #start}. */
  public FollowLog<IndexedVector> add(
      IndexFeed.Follower follower, VectorStore store, EmbeddingModel model) {
    return added(
        new FollowLog<>(
            feed,
            store,
            follower,
            (ref, after, limit) -> feed.vectors(ref, model, after, limit),
            IndexedVector::id,
            server,
            clock,
            FollowLog.SIGN_OF_LIFE));
  }

  /** Adds a keyword index. Before {@link #start}. */
  public FollowLog<IndexedWords> add(IndexFeed.Follower follower, KeywordIndex index) {
    return added(
        new FollowLog<>(
            feed,
            index,
            follower,
            feed::words,
            IndexedWords::id,
            server,
            clock,
            FollowLog.SIGN_OF_LIFE));
  }

  private <C> FollowLog<C> added(FollowLog<C> log) {
    logs.add(log);
    loops.add(new BackgroundLoop("index-" + log.name(), signal, () -> advance(log)));
    return log;
  }

  public void start() {
    loops.forEach(BackgroundLoop::start);
  }

  /**
   * An index that has not said where it stands yet would be taken for one that nobody waits for.
   */
  private boolean advance(FollowLog<?> log) {
    boolean some = log.advance();
    if (logs.stream().allMatch(FollowLog::isKnown) && feed.completePassed(clock.instant()) > 0) {
      signal.raise();
    }
    return some;
  }

  @Override
  public void close() {
    BackgroundLoop.closeTogether(loops);
    logs.forEach(FollowIndexes::release);
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
