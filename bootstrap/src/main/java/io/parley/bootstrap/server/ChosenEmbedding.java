package io.parley.bootstrap.server;

import io.parley.domain.port.PortFailure;
import io.parley.domain.retrieval.EmbeddingModel;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedding model that the settings choose, beside the one that what is here was indexed with.
 * The index decides; a difference is said, and nothing is done about it.
 */
record ChosenEmbedding(EmbeddingModel chosen, Supplier<EmbeddingModel> serving) {
  private static final Logger LOG = LoggerFactory.getLogger(ChosenEmbedding.class);

  boolean serves() {
    return chosen.equals(serving.get());
  }

  void report() {
    if (!serves()) {
      LOG.warn("{}", sentence());
    }
  }

  /**
   * Says so.
   *
   * @throws PortFailure {@code INVALID_CONFIGURATION} when the two differ
   */
  void requireServing() {
    if (!serves()) {
      throw new PortFailure(PortFailure.Kind.INVALID_CONFIGURATION, "embedder", sentence(), null);
    }
  }

  private String sentence() {
    EmbeddingModel there = serving.get();
    return "The settings choose the embedding model "
        + named(chosen)
        + ", but what is here was indexed with "
        + named(there)
        + ", which goes on to serve. Set PARLEY_EMBEDDER to "
        + there.provider()
        + " to keep it, or run 'parley reindex' to move.";
  }

  private static String named(EmbeddingModel model) {
    return model.name() + " of " + model.provider() + " (" + model.dimension() + " numbers)";
  }
}
