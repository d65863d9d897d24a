package io.parley.application.retrieval;

import io.parley.domain.port.IdSource;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.GenerationRepository;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.Generation;
import io.parley.domain.retrieval.GenerationId;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
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
   * The serving generation, which must be in this store. What it was indexed with decides, not what
   * is chosen now.
   *
   * @param chosen the model of the first generation, when there is none yet
   * @throws PortFailure {@code INVALID_CONFIGURATION} when it is in another store
   */
  public Generation inStore(String store, EmbeddingModel chosen) {
    Generation serving =
        generations.servingOrCreate(() ->
            new Generation(
                new GenerationId(ids.next()),
                chosen,
                store,
                Map.of(),
                Generation.State.SERVING,
                clock.instant()));
    if (!serving.store().equals(store)) {
      throw refused(serving, chosen, store);
    }
    return serving;
  }

  /**
   * The serving generation, which must be of this model and store: what is there decides, not what
   * is configured now.
   *
   * @throws PortFailure {@code INVALID_CONFIGURATION} when it is of another model or store
   */
  public Generation require(EmbeddingModel model, String store) {
    Generation serving = inStore(store, model);
    if (!serving.model().equals(model)) {
      throw refused(serving, model, store);
    }
    return serving;
  }

  private static PortFailure refused(Generation serving, EmbeddingModel model, String store) {
    return new PortFailure(
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

  /** The name and id of a server's own follower, the same after every restart. */
  public static IndexFeed.Follower follower(
      String server, String name, @Nullable GenerationId generation) {
    String key = server + "/" + name + "/" + generation;
    UUID id = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    return new IndexFeed.Follower(id, name, true);
  }
}
