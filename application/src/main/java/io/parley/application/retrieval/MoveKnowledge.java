package io.parley.application.retrieval;

import io.parley.domain.port.IdSource;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.EmbeddingRepository.Coverage;
import io.parley.domain.port.persistence.GenerationRepository;
import io.parley.domain.port.persistence.Housekeeping;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.Generation;
import io.parley.domain.retrieval.Generation.State;
import io.parley.domain.retrieval.GenerationId;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Moves everything to another model or store while it is being asked, and back. What is asked for
 * here is written down; the servers do it in the background.
 */
public final class MoveKnowledge {
  private static final int AT_ONCE = 500;

  private final OpenGenerations open;
  private final BuildGeneration build;
  private final GenerationAdapters adapters;
  private final Persistence persistence;
  private final GenerationRepository generations;
  private final IdSource ids;
  private final InstantSource clock;

  /** What became of what was asked for. */
  public sealed interface Result {

    /** It is being built, and serves when it is done. */
    record Building(Generation generation) implements Result {}

    /** It serves already. */
    record Serves(Generation generation) implements Result {}

    /** It rests, until it is asked for again or dropped. */
    record Retired(Generation generation) implements Result {}

    /** It is gone with its index. */
    record Dropped(Generation generation) implements Result {}

    /**
     * Nothing was done.
     *
     * @param why a sentence
     * @param soon whether it may be done in some seconds
     */
    record Refused(String why, boolean soon) implements Result {
      Refused(String why) {
        this(why, false);
      }
    }
  }

  public MoveKnowledge(
      OpenGenerations open,
      BuildGeneration build,
      GenerationAdapters adapters,
      Persistence persistence,
      IdSource ids,
      InstantSource clock) {
    this.open = open;
    this.build = build;
    this.adapters = adapters;
    this.persistence = persistence;
    this.generations = persistence.generations();
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Builds the index of that model in that store, and goes over to it. One that is there already is
   * brought up to date instead of another one being made.
   *
   * @param settings what the store needs to find the generation of an id again
   * @throws PortFailure when model or store cannot be opened
   */
  public Result to(
      EmbeddingModel model, String store, Function<GenerationId, Map<String, String>> settings) {
    Optional<Generation> there =
        generations.all().stream().filter(each -> each.isOf(model, store)).findFirst();
    return there.isPresent() ? existing(there.get()) : begin(model, store, settings);
  }

  private Result existing(Generation generation) {
    return switch (generation.state()) {
      case SERVING -> new Result.Serves(generation);
      case BUILDING -> new Result.Building(generation);
      case RETIRED -> {
        requireOpenable(generation);
        yield generations.resume(generation.id())
            ? woken(new Result.Building(generation.in(State.BUILDING)))
            : anotherIsBuilt();
      }
    };
  }

  private Result begin(
      EmbeddingModel model, String store, Function<GenerationId, Map<String, String>> settings) {
    GenerationId id = new GenerationId(ids.next());
    Generation made =
        new Generation(id, model, store, settings.apply(id), State.BUILDING, clock.instant());
    if (generations.all().stream().anyMatch(each -> each.state() == State.BUILDING)) {
      return anotherIsBuilt();
    }
    requireOpenable(made);
    return generations.build(made) ? woken(new Result.Building(made)) : anotherIsBuilt();
  }

  /** Before anything is written down: what cannot be opened would never be built. */
  private void requireOpenable(Generation generation) {
    adapters.embedder(generation.model());
    if (open.find(generation.id()).isEmpty()) {
      try (VectorStore store = adapters.store(generation)) {
        store.count();
      }
    }
  }

  private static Result anotherIsBuilt() {
    return new Result.Refused(
        "Another generation is being built. Wait for it, or cancel it first.");
  }

  /**
   * Goes back to a retired one, which is brought up to date first.
   *
   * @param wanted absent for the only one that there is
   */
  public Result back(@Nullable GenerationId wanted) {
    List<Generation> retired =
        generations.all().stream()
            .filter(each -> each.state() == State.RETIRED)
            .filter(each -> wanted == null || each.id().equals(wanted))
            .toList();
    return switch (retired.size()) {
      case 0 -> new Result.Refused("There is no such retired generation to go back to.");
      case 1 -> existing(retired.getFirst());
      default -> new Result.Refused("Several generations are retired. Say which one is meant.");
    };
  }

  /** Ends the building of the one that is being built; what was built so far is kept. */
  public Result cancel() {
    return generations.all().stream()
        .filter(each -> generations.retire(each.id()))
        .findFirst()
        .map(each -> woken(new Result.Retired(each.in(State.RETIRED))))
        .orElseGet(() -> new Result.Refused("No generation is being built."));
  }

  /**
   * Removes a retired one with its index, and the embeddings that no other one needs.
   *
   * @throws PortFailure when its index cannot be removed: then it stays
   */
  public Result drop(GenerationId id) {
    open.refresh();
    open.openOthers(true);
    Optional<Generation> found =
        generations.all().stream().filter(each -> each.id().equals(id)).findFirst();
    if (found.isEmpty() || found.get().state() != State.RETIRED) {
      return new Result.Refused("There is no such retired generation. Only those can be dropped.");
    }
    Optional<OpenGeneration> there = open.find(id);
    if (there.isEmpty()) {
      return new Result.Refused(
          "Its index cannot be opened, and so not be removed. " + open.refusal(id).orElse(""));
    }
    if (open.isServedSomewhere(id)) {
      return stillServed();
    }
    try {
      open.dropIndex(there.get());
      if (!generations.remove(id, clock.instant())) {
        return stillServed();
      }
      open.refresh();
    } finally {
      open.dropped(id);
    }
    removeEmbeddings();
    return new Result.Dropped(found.get());
  }

  private static Result stillServed() {
    return new Result.Refused("It served until just now. Try again in some seconds.", true);
  }

  private void removeEmbeddings() {
    Housekeeping housekeeping = persistence.housekeeping();
    int removed = AT_ONCE;
    while (removed == AT_ONCE) {
      removed = housekeeping.removeUnusedEmbeddings(AT_ONCE);
    }
  }

  private Result woken(Result result) {
    open.refresh();
    open.openOthers(true);
    build.wake();
    return result;
  }

  /** How far each of them is, newest first. */
  public List<GenerationProgress> progress() {
    long head = persistence.indexFeed().head();
    return generations.all().stream().map(each -> progress(each, head)).toList();
  }

  private GenerationProgress progress(Generation generation, long head) {
    Coverage coverage = persistence.embeddings().coverage(generation.model());
    long lacking = coverage.expected() - coverage.embedded();
    long position = position(generation);
    boolean building = generation.state() == State.BUILDING;
    Optional<String> failure =
        open.refusal(generation.id()).or(() -> building ? build.failure() : Optional.empty());
    return new GenerationProgress(
        generation,
        coverage.embedded(),
        coverage.expected(),
        position,
        head,
        building ? build.remaining(generation.id(), lacking).orElse(null) : null,
        failure.orElse(null));
  }

  /** The furthest back of all servers. */
  private long position(Generation generation) {
    return persistence.indexFeed().standings().stream()
        .filter(standing -> generation.id().equals(standing.follower().generation()))
        .mapToLong(standing -> standing.position().position())
        .min()
        .orElse(0);
  }
}
