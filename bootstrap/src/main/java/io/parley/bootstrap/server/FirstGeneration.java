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

  static void settle(
      GenerationRepository generations, EmbeddingModel model, VectorStores stores, String server) {
    InstantSource clock = InstantSource.system();
    String store = stores.settings().chosen();
    Generation there =
        new ServingGeneration(generations, IdSource.random(), clock)
            .servingOrFirst(model, store, stores::settingsOf);
    if (there.isOf(model, store)) {
      return;
    }
    GenerationId id = new GenerationId(IdSource.random().next());
    Generation chosen =
        new Generation(
            id, model, store, stores.settingsOf(id), Generation.State.SERVING, clock.instant());
    if (generations.replaceUnused(chosen, ServingGeneration.idOf(server), clock.instant())) {
      LOG.info("nothing was indexed yet: {} in {} takes its place", model.name(), store);
      drop(stores, there);
    }
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
