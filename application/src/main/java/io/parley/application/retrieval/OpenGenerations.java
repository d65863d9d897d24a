package io.parley.application.retrieval;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.Generation;
import io.parley.domain.retrieval.Generation.State;
import io.parley.domain.retrieval.GenerationId;
import io.parley.domain.retrieval.LogPosition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All generations, as this server has them open. The database says which one serves; whoever
 * searches takes store and embedder of the same one. A switch is noticed when {@link #refresh} is
 * next called; the one that served before stays open.
 */
public final class OpenGenerations implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenGenerations.class);

  /** By then every server that lives has noticed a switch. */
  public static final Duration NOTICED = Duration.ofSeconds(10);

  private static final Duration TRIED_AGAIN = Duration.ofSeconds(30);
  private static final String FOLLOWER = "vectors";

  /** Why one could not be opened, and when that was. */
  private record Refusal(String sentence, Instant at) {}

  private final Persistence persistence;
  private final GenerationAdapters adapters;
  private final FollowIndexes followers;
  private final String server;
  private final UUID serverId;
  private final InstantSource clock;
  private final Map<GenerationId, OpenGeneration> open = new ConcurrentHashMap<>();
  private final Map<GenerationId, Refusal> refused = new ConcurrentHashMap<>();
  private final Set<GenerationId> dropping = ConcurrentHashMap.newKeySet();
  private final Object opening = new Object();
  private volatile OpenGeneration serving;
  private volatile @Nullable PortFailure unable;

  /**
   * Opens the one that serves; the others are opened when they are first looked for.
   *
   * @param server what tells this server from others on the same database
   * @throws PortFailure when it cannot be opened
   */
  public OpenGenerations(
      Generation serves,
      Persistence persistence,
      GenerationAdapters adapters,
      FollowIndexes followers,
      String server,
      InstantSource clock) {
    this.persistence = persistence;
    this.adapters = adapters;
    this.followers = followers;
    this.server = server;
    this.serverId = ServingGeneration.idOf(server);
    this.clock = clock;
    this.serving = opened(serves);
  }

  /** What searches work with from now on; one search keeps to it. */
  public SearchIndex index() {
    OpenGeneration now = serving;
    return new SearchIndex(now.embedder(), now.store(), () -> requireWhole(now));
  }

  /** What texts are embedded with that come in. */
  public Embedder embedder() {
    return serving.embedder();
  }

  public OpenGeneration serving() {
    return serving;
  }

  /** All that are open, the one that serves first. */
  public List<OpenGeneration> all() {
    OpenGeneration first = serving;
    return Stream.concat(Stream.of(first), open.values().stream().filter(each -> each != first))
        .toList();
  }

  Optional<OpenGeneration> find(GenerationId id) {
    return Optional.ofNullable(open.get(id));
  }

  /** Why one is not open here. */
  Optional<String> refusal(GenerationId id) {
    return Optional.ofNullable(refused.get(id)).map(Refusal::sentence);
  }

  Optional<OpenGeneration> building() {
    return open.values().stream()
        .filter(each -> each.generation().state() == State.BUILDING)
        .findFirst();
  }

  /**
   * Refuses while the vectors that answers are found by are not all there.
   *
   * @throws PortFailure {@code UNAVAILABLE} until they are
   */
  public void requireWhole() {
    requireWhole(serving);
  }

  private void requireWhole(OpenGeneration generation) {
    PortFailure failure = unable;
    if (failure != null) {
      throw failure;
    }
    generation.requireChecked();
    generation.log().requireWhole();
  }

  /** Goes over to what serves now, and lets go of what was removed. */
  public synchronized void refresh() {
    List<Generation> all = persistence.generations().all();
    all.forEach(this::know);
    Set<GenerationId> known = all.stream().map(Generation::id).collect(Collectors.toSet());
    refused.keySet().retainAll(known);
    removed(known).forEach(this::forget);
    retired().forEach(OpenGeneration::rest);
  }

  private void know(Generation generation) {
    OpenGeneration there = open.get(generation.id());
    if (there != null && !there.generation().equals(generation)) {
      there.become(generation, clock.instant());
    }
    if (generation.state() == State.SERVING) {
      if (there == null) {
        tryToOpen(generation);
      }
      goOverTo(generation);
    }
  }

  /**
   * Opens what is new beside what serves. It may take long, and holds nothing else up.
   *
   * @param again also what could not be opened just now
   */
  public void openOthers(boolean again) {
    Instant now = clock.instant();
    persistence.generations().all().stream()
        .filter(each -> !open.containsKey(each.id()) && !dropping.contains(each.id()))
        .filter(each -> again || mayTry(each.id(), now))
        .forEach(this::tryToOpen);
  }

  private boolean mayTry(GenerationId id, Instant now) {
    Refusal last = refused.get(id);
    return last == null || !now.isBefore(last.at().plus(TRIED_AGAIN));
  }

  private void tryToOpen(Generation generation) {
    try {
      opened(generation);
      refused.remove(generation.id());
    } catch (PortFailure e) {
      Refusal last = refused.put(generation.id(), new Refusal(e.sentence(), clock.instant()));
      if (last == null || !last.sentence().equals(e.sentence())) {
        LOG.warn("generation {} cannot be opened: {}", generation.id(), e.sentence());
      }
    }
  }

  /** A server that cannot reach what serves must not answer from what others do not keep up. */
  private void goOverTo(Generation generation) {
    OpenGeneration there = open.get(generation.id());
    if (there == null) {
      unable =
          new PortFailure(
              PortFailure.Kind.UNAVAILABLE,
              "index",
              "The index that serves cannot be opened here. " + refusal(generation.id()).orElse(""),
              null);
    } else {
      unable = null;
      if (there != serving) {
        LOG.info("searching in generation {}, {}", generation.id(), named(generation));
        serving = there;
      }
    }
  }

  static String named(Generation generation) {
    return generation.model().name() + " in " + generation.store();
  }

  private OpenGeneration opened(Generation generation) {
    synchronized (opening) {
      OpenGeneration there = open.get(generation.id());
      if (there == null && dropping.contains(generation.id())) {
        throw new PortFailure(
            PortFailure.Kind.UNAVAILABLE, "index", "It is being dropped just now.", null);
      }
      return there == null ? make(generation) : there;
    }
  }

  private OpenGeneration make(Generation generation) {
    Embedder embedder = adapters.embedder(generation.model());
    VectorStore store = adapters.store(generation);
    FollowerDuty duty =
        new FollowerDuty(
            ServingGeneration.follower(server, FOLLOWER, generation.id(), store)
                .serving(generation.state() == State.SERVING));
    GenerationChunks chunks =
        new GenerationChunks(persistence.indexFeed(), persistence.embeddings(), embedder);
    OpenGeneration made =
        new OpenGeneration(
            generation, embedder, store, duty, chunks, followers.add(duty, store, chunks));
    if (generation.state() == State.SERVING && mayLackSome(store)) {
      made.check(!served(duty.follower()));
    }
    made.become(generation, Instant.MIN);
    open.put(generation.id(), made);
    return made;
  }

  /**
   * An index of this server's own that has read on while another generation served may have passed
   * chunks before they had embeddings, and the server been away when the others completed theirs.
   */
  private boolean mayLackSome(VectorStore store) {
    return !store.shared()
        && store.position().filter(at -> !at.equals(LogPosition.START)).isPresent()
        && persistence.generations().all().size() > 1;
  }

  /** Whether it was complete when this server last told of it. */
  private boolean served(IndexFeed.Follower follower) {
    return persistence.indexFeed().standings().stream()
        .map(IndexFeed.Standing::follower)
        .anyMatch(kept -> kept.id().equals(follower.id()) && kept.serving());
  }

  private List<OpenGeneration> removed(Collection<GenerationId> known) {
    return open.values().stream().filter(each -> !known.contains(each.id())).toList();
  }

  /**
   * Removes the index of a retired one for good, before its row goes: what cannot be removed stays
   * known. It is not opened again here until {@link #dropped}; another server that does so finds it
   * empty.
   *
   * @throws PortFailure when it cannot be removed
   */
  void dropIndex(OpenGeneration generation) {
    synchronized (opening) {
      dropping.add(generation.id());
      open.remove(generation.id());
    }
    followers.remove(generation.log());
    try (VectorStore store = generation.store()) {
      store.drop();
    }
  }

  /** Its row is gone, or stays after all. */
  void dropped(GenerationId id) {
    dropping.remove(id);
  }

  /** Whether somebody still answers from it. */
  boolean isServedSomewhere(GenerationId id) {
    Instant alive = clock.instant().minus(IndexFeed.GONE_AFTER);
    return persistence.indexFeed().standings().stream()
        .filter(standing -> id.equals(standing.follower().generation()))
        .anyMatch(standing -> standing.follower().serving() && !standing.seenAt().isBefore(alive));
  }

  /** It is nobody's any more: its index goes, too, and where the others have one of their own. */
  private void forget(OpenGeneration generation) {
    open.remove(generation.id());
    followers.remove(generation.log());
    try {
      generation.store().drop();
    } catch (PortFailure e) {
      LOG.warn(
          "generation {} is removed, but not its index {}: {}",
          generation.id(),
          generation.generation().settings(),
          e.sentence());
    } finally {
      generation.store().close();
    }
  }

  /** Those of which every server knows by now that they do not serve any more. */
  private List<OpenGeneration> retired() {
    List<OpenGeneration> busy =
        open.values().stream()
            .filter(each -> each.generation().state() == State.RETIRED && each.isBusy())
            .toList();
    Instant noticed = busy.isEmpty() || isAlone() ? Instant.MAX : clock.instant().minus(NOTICED);
    return busy.stream()
        .filter(each -> each.retiredSince().filter(since -> !since.isAfter(noticed)).isPresent())
        .toList();
  }

  /** Who shares an index is not named by it: nobody is known to be alone with such a one. */
  private boolean isAlone() {
    Instant alive = clock.instant().minus(IndexFeed.GONE_AFTER);
    List<IndexFeed.Standing> living =
        persistence.indexFeed().standings().stream()
            .filter(standing -> !standing.seenAt().isBefore(alive))
            .toList();
    return !living.isEmpty()
        && living.stream().allMatch(standing -> serverId.equals(standing.follower().server()));
  }

  /** Closes the stores; nobody follows the log with them any more. */
  @Override
  public void close() {
    open.values().forEach(each -> each.store().close());
  }
}
