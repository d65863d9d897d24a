package io.parley.bootstrap.server;

import io.parley.application.retrieval.ServingGeneration;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.GenerationRepository;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.Generation;
import io.parley.domain.retrieval.GenerationId;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the first generation as the settings choose it. As long as nothing was ever indexed, the
 * settings may choose again: a first start that failed decides nothing.
 */
final class FirstGeneration {
  private static final Logger LOG = LoggerFactory.getLogger(FirstGeneration.class);

  private FirstGeneration() {}

  /** The one that serves. */
  static Generation settle(
      GenerationRepository generations, EmbeddingModel model, VectorStores stores, String server) {
    InstantSource clock = InstantSource.system();
    String store = stores.settings().chosen();
    Generation there =
        new ServingGeneration(generations, IdSource.random(), clock)
            .servingOrFirst(model, store, id -> stores.settingsOf(model, id));
    boolean chosenNow =
        there.isOf(model, store) && KeywordIndexes.of(there).equals(stores.settings().words());
    return chosenNow ? there : replacedOr(there, generations, model, stores, server);
  }

  /** What serves goes on to serve, though the choice cannot be had. */
  private static Generation replacedOr(
      Generation there,
      GenerationRepository generations,
      EmbeddingModel model,
      VectorStores stores,
      String server) {
    try {
      return replaced(generations, there, model, stores, server);
    } catch (PortFailure e) {
      LOG.warn("what the settings choose cannot be had: {}", e.sentence());
      return there;
    }
  }

  private static Generation replaced(
      GenerationRepository generations,
      Generation there,
      EmbeddingModel model,
      VectorStores stores,
      String server) {
    InstantSource clock = InstantSource.system();
    String store = stores.settings().chosen();
    GenerationId id = new GenerationId(IdSource.random().next());
    Generation chosen =
        new Generation(
            id,
            model,
            store,
            stores.settingsOf(model, id),
            Generation.State.SERVING,
            clock.instant());
    if (generations.replaceUnused(chosen, ServingGeneration.idOf(server), clock.instant())) {
      LOG.info("nothing was indexed yet: {} in {} takes its place", model.name(), store);
      drop(stores, there);
      return chosen;
    }
    return there;
  }

  /** What cannot be reached was most likely never made. */
  private static void drop(VectorStores stores, Generation unused) {
    try (VectorStore store = stores.open(unused)) {
      store.drop();
    } catch (PortFailure e) {
      LOG.info("the empty index in {} is left where it is: {}", unused.store(), e.sentence());
    }
  }
}
