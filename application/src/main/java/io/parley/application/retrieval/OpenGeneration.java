package io.parley.application.retrieval;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.Generation;
import io.parley.domain.retrieval.GenerationId;
import io.parley.domain.retrieval.IndexedVector;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A generation whose store and embedder are open, and whose index follows the log. It does so in
 * one of three ways: with whatever embeddings there are; thoroughly, computing what lacks; or
 * thoroughly and so that versions wait for it, because somebody answers from it or is about to.
 */
public final class OpenGeneration {
  private final Embedder embedder;
  private final VectorStore store;
  private final FollowerDuty duty;
  private final GenerationChunks chunks;
  private final FollowLog<IndexedVector> log;
  private volatile Generation generation;
  private volatile @Nullable Instant retiredSince;
  private volatile long readyFrom = -1;
  private volatile boolean toBeChecked;
  private volatile boolean refused;

  OpenGeneration(
      Generation generation,
      Embedder embedder,
      VectorStore store,
      FollowerDuty duty,
      GenerationChunks chunks,
      FollowLog<IndexedVector> log) {
    this.generation = generation;
    this.embedder = embedder;
    this.store = store;
    this.duty = duty;
    this.chunks = chunks;
    this.log = log;
  }

  public Generation generation() {
    return generation;
  }

  GenerationId id() {
    return generation.id();
  }

  Embedder embedder() {
    return embedder;
  }

  public VectorStore store() {
    return store;
  }

  public FollowLog<IndexedVector> log() {
    return log;
  }

  public IndexFeed.Follower follower() {
    return duty.follower();
  }

  /** What the database says of it now. */
  void become(Generation now, Instant noticedAt) {
    boolean switched = generation.state() != Generation.State.SERVING;
    if (switched && now.state() == Generation.State.SERVING && readyFrom < 0 && !store.shared()) {
      check(true); // the others went over without this server
    }
    generation = now;
    switch (now.state()) {
      case SERVING -> serve();
      case BUILDING -> retiredSince = null;
      case RETIRED -> retiredSince = retiredSince == null ? noticedAt : retiredSince;
    }
  }

  private void serve() {
    retiredSince = null;
    chunks.thorough(true);
    duty.serve(true);
  }

  /**
   * Its index is to be compared with what it should hold.
   *
   * @param first whether nobody may search in it before
   */
  void check(boolean first) {
    toBeChecked = true;
    refused = first;
  }

  boolean isToBeChecked() {
    return toBeChecked;
  }

  void checked() {
    toBeChecked = false;
    refused = false;
  }

  /**
   * Refuses while chunks may lack that others hold.
   *
   * @throws PortFailure {@code UNAVAILABLE} until they are there
   */
  void requireChecked() {
    if (refused) {
      throw new PortFailure(
          PortFailure.Kind.UNAVAILABLE,
          log.name(),
          "The index is being completed from the database. Try again later.",
          null);
    }
  }

  /** Since when this server knows that it is retired. */
  Optional<Instant> retiredSince() {
    return Optional.ofNullable(retiredSince);
  }

  boolean keepsUp() {
    return chunks.isThorough();
  }

  /** From now on nothing is passed of which the index does not hold every chunk. */
  void keepUp() {
    chunks.thorough(true);
    log.advance(); // ends what was read before
  }

  /**
   * It holds everything: versions wait for it from now on.
   *
   * @param feed says how far everybody must have come to go over to it
   */
  void ready(IndexFeed feed) {
    duty.serve(true);
    log.advance();
    readyFrom = feed.head();
  }

  void unready() {
    readyFrom = -1;
  }

  /** What everybody must have passed to go over to it; empty while it is not ready. */
  OptionalLong readyFrom() {
    return readyFrom < 0 ? OptionalLong.empty() : OptionalLong.of(readyFrom);
  }

  /**
   * Nobody answers from it any more. To be called until it rests: the database is told first, so
   * that nothing counts on what it then lacks.
   */
  void rest() {
    unready();
    duty.serve(false);
    if (!log.isCountedOn()) {
      chunks.thorough(false);
    }
  }

  /** Whether it does not rest yet. */
  boolean isBusy() {
    return duty.follower().serving() || chunks.isThorough();
  }
}
