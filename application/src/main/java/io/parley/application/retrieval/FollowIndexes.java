package io.parley.application.retrieval;

import io.parley.application.background.BackgroundLoop;
import io.parley.application.background.WorkSignal;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.port.vectorstore.KeywordIndex;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.IndexedWords;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * One loop for each index of this process, which follows the log and completes what all have
 * passed.
 */
public final class FollowIndexes implements AutoCloseable {
  private final IndexFeed feed;
  private final WorkSignal signal;
  private final InstantSource clock;
  private final List<BackgroundLoop> loops = new ArrayList<>();

  public FollowIndexes(IndexFeed feed, WorkSignal signal, InstantSource clock) {
    this.feed = feed;
    this.signal = signal;
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
            clock));
  }

  /** Adds a keyword index. Before {@link #start}. */
  public FollowLog<IndexedWords> add(IndexFeed.Follower follower, KeywordIndex index) {
    return added(new FollowLog<>(feed, index, follower, feed::words, IndexedWords::id, clock));
  }

  private <C> FollowLog<C> added(FollowLog<C> log) {
    loops.add(new BackgroundLoop("index-" + log.name(), signal, () -> advance(log)));
    return log;
  }

  public void start() {
    loops.forEach(BackgroundLoop::start);
  }

  private boolean advance(FollowLog<?> log) {
    boolean some = log.advance();
    if (feed.completePassed(clock.instant()) > 0) {
      signal.raise();
    }
    return some;
  }

  @Override
  public void close() {
    BackgroundLoop.closeTogether(loops);
  }
}
