package io.parley.application.retrieval;

import io.parley.application.background.BackgroundLoop;
import io.parley.application.background.WorkSignal;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.EmbeddingRepository;
import io.parley.domain.port.persistence.GenerationRepository;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.retrieval.GenerationId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for generations once a second, and builds the one that is to be built: its follower reads
 * the log like any other; here the embeddings that its model lacks are computed, some at a time and
 * by one server, and added to its index. Then everybody goes over to it.
 *
 * <p>Nothing is remembered but what is kept in the database and in the index: after a crash the
 * work goes on with what still lacks.
 */
public final class BuildGeneration implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BuildGeneration.class);

  /** A server that was killed is followed by another one so much later, at most. */
  private static final Duration LEASE = Duration.ofMinutes(1);

  private final OpenGenerations open;
  private final GenerationRepository generations;
  private final EmbeddingRepository embeddings;
  private final IndexFeed feed;
  private final CompleteIndex complete;
  private final UUID server;
  private final InstantSource clock;
  private final WorkSignal signal = new WorkSignal();
  private final BackgroundLoop look;
  private final BackgroundLoop loop;
  private volatile @Nullable Filling filling;
  private volatile @Nullable String failure;

  /**
   * Where this server's part of the work is.
   *
   * @param last behind which it goes on; absent at the start of a round
   */
  private record Filling(
      GenerationId generation, Instant since, long done, @Nullable ChunkId last) {
    Filling behind(List<Chunk> chunks) {
      return new Filling(generation, since, done + chunks.size(), chunks.getLast().id());
    }

    Filling around() {
      return new Filling(generation, since, done, null);
    }
  }

  /**
   * @param server what tells this server from others on the same database
   */
  public BuildGeneration(
      OpenGenerations open, Persistence persistence, String server, InstantSource clock) {
    this.open = open;
    this.generations = persistence.generations();
    this.embeddings = persistence.embeddings();
    this.feed = persistence.indexFeed();
    this.complete = new CompleteIndex(persistence.inspection());
    this.server = ServingGeneration.idOf(server);
    this.clock = clock;
    this.look = new BackgroundLoop("generations", new WorkSignal(), this::look);
    this.loop = new BackgroundLoop("reindex", signal, this::doSome);
  }

  public void start() {
    look.start();
    loop.start();
  }

  /** Beside the work, which may wait for a model: a switch is to be noticed at once. */
  private boolean look() {
    open.refresh();
    return false;
  }

  /** Looks at once. */
  void wake() {
    signal.raise();
  }

  /** Why this server does not get on; empty while it does. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * How long the embeddings that still lack take; empty while the pace of this server does not tell
   * it.
   */
  Optional<Duration> remaining(GenerationId id, long lacking) {
    Filling now = filling;
    if (now == null || now.done() == 0 || !now.generation().equals(id)) {
      return Optional.empty();
    }
    Duration taken = Duration.between(now.since(), clock.instant());
    return Optional.of(taken.multipliedBy(lacking).dividedBy(now.done()));
  }

  /** One step; false when there is nothing to do for now. */
  boolean doSome() {
    try {
      checkServing(open.serving());
      open.openOthers(false);
      Optional<OpenGeneration> building = open.building();
      boolean some = building.isPresent() && build(building.get());
      failure = null;
      return some;
    } catch (PortFailure e) {
      failure = e.sentence();
      throw e;
    }
  }

  /** One that this server has not completed itself, or may not have to its end. */
  private void checkServing(OpenGeneration serving) {
    if (serving.isToBeChecked()) {
      serving.log().requireWhole();
      complete.run(serving);
      serving.checked();
    }
  }

  private boolean build(OpenGeneration generation) {
    if (generation.readyFrom().isPresent()) {
      if (generation.log().isOurs()) {
        return goOver(generation, generation.readyFrom().getAsLong());
      }
      generation.unready(); // another server works on the index now, and says when it is ready
      return false;
    }
    List<Chunk> lacking = next(generation);
    if (!lacking.isEmpty()) {
      return fill(generation, lacking);
    }
    if (!generation.keepsUp()) {
      generation.keepUp();
      return true; // and looks once more for what lacks
    }
    if (!generation.log().isOurs()) {
      return false; // the server at work does it
    }
    complete.run(generation);
    generation.ready(feed);
    return true;
  }

  /** Goes on behind the last ones; what came meanwhile before them is for the next round. */
  private List<Chunk> next(OpenGeneration generation) {
    Filling now = filling;
    if (now == null || !now.generation().equals(generation.id())) {
      now = new Filling(generation.id(), clock.instant(), 0, null);
      filling = now;
    }
    List<Chunk> lacking = lacking(generation, now.last());
    if (lacking.isEmpty() && now.last() != null) {
      filling = now.around();
      lacking = lacking(generation, null);
    }
    return lacking;
  }

  private List<Chunk> lacking(OpenGeneration generation, @Nullable ChunkId after) {
    return embeddings.lacking(generation.generation().model(), after, EmbeddedChunks.AT_ONCE);
  }

  private boolean fill(OpenGeneration generation, List<Chunk> chunks) {
    if (!generations.take(generation.id(), server, LEASE, clock.instant())) {
      return false; // another server does it
    }
    try {
      embeddings.keep(
          generation.generation().model(), EmbeddedChunks.of(chunks, generation.embedder()));
    } catch (RuntimeException e) {
      giveBack(generation.id()); // another server may have what this one lacks
      throw e;
    }
    Filling now = filling;
    filling = now == null ? null : now.behind(chunks);
    return true;
  }

  private void giveBack(GenerationId id) {
    generations.take(id, server, Duration.ZERO, clock.instant());
  }

  private boolean goOver(OpenGeneration generation, long from) {
    generation.log().requireWhole();
    boolean switched = generations.serve(generation.id(), from, clock.instant());
    if (switched) {
      LOG.info(
          "generation {} serves from now on: {}",
          generation.id(),
          OpenGenerations.named(generation.generation()));
      open.refresh();
    }
    return switched;
  }

  @Override
  public void close() {
    BackgroundLoop.closeTogether(List.of(look, loop));
    Filling last = filling;
    if (last != null) {
      try {
        giveBack(last.generation());
      } catch (PortFailure e) {
        LOG.debug("the lease of generation {} ends by itself", last.generation());
      }
    }
  }
}
