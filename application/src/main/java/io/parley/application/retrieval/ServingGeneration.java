package io.parley.application.retrieval;

import io.parley.domain.port.IdSource;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.GenerationRepository;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.port.vectorstore.IndexFollower;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.Generation;
import io.parley.domain.retrieval.GenerationId;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the generation that serves, and makes the first one. */
public final class ServingGeneration {
  private final GenerationRepository generations;
  private final IdSource ids;
  private final InstantSource clock;

  public ServingGeneration(GenerationRepository generations, IdSource ids, InstantSource clock) {
    this.generations = generations;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * The serving generation, which must be of this model and store: what is there decides, not what
   * is configured now.
   *
   * @throws PortFailure {@code INVALID_CONFIGURATION} when it is of another model or store
   */
  public Generation require(EmbeddingModel model, String store) {
    Generation serving = servingOrFirst(model, store, _ -> Map.of());
    if (!serving.model().equals(model) || !serving.store().equals(store)) {
      throw new PortFailure(
          PortFailure.Kind.INVALID_CONFIGURATION,
          "index",
          "What is here was indexed with the model "
              + serving.model().name()
              + " in the store \""
              + serving.store()
              + "\", not with "
              + model.name()
              + " in \""
              + store
              + "\". Configure those again.",
          null);
    }
    return serving;
  }

  /**
   * The serving generation, which must be there.
   *
   * @throws IllegalStateException when there is none
   */
  public Generation existing() {
    return generations.servingOrCreate(() -> {
      throw new IllegalStateException("There is no generation yet. Make the first one.");
    });
  }

  /**
   * The serving generation, whatever is configured now; without one, the first one, of this model
   * in this store.
   *
   * @param settings what the store needs to find the generation of an id again
   */
  public Generation servingOrFirst(
      EmbeddingModel model, String store, Function<GenerationId, Map<String, String>> settings) {
    return generations.servingOrCreate(() -> {
      GenerationId id = new GenerationId(ids.next());
      return new Generation(
          id, model, store, settings.apply(id), Generation.State.SERVING, clock.instant());
    });
  }

  /**
   * The name and id of a follower, the same after every restart: each server has its own, but for
   * an index that all of them share.
   */
  public static IndexFeed.Follower follower(
      String server, String name, @Nullable GenerationId generation, IndexFollower<?> index) {
    String key = (index.shared() ? "shared" : server) + "/" + name + "/" + generation;
    return new IndexFeed.Follower(
        idOf(key), name, true, generation, index.shared() ? null : idOf(server));
  }

  /** The id of what has that name, the same after every restart. */
  public static UUID idOf(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
