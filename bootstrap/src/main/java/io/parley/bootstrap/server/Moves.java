package io.parley.bootstrap.server;

import io.parley.application.Parley;
import io.parley.application.retrieval.MoveKnowledge;
import io.parley.bootstrap.settings.ModelSettings;
import io.parley.bootstrap.settings.VectorSettings;
import io.parley.domain.port.PortFailure;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.Generation;
import org.jspecify.annotations.Nullable;

/** Moves everything to models and stores that are called as in the settings. */
public final class Moves {
  private final Parley parley;
  private final ModelSettings models;
  private final VectorStores stores;

  Moves(Parley parley, ModelSettings models, VectorStores stores) {
    this.parley = parley;
    this.models = models;
    this.stores = stores;
  }

  /**
   * Moves; what is not named stays as it is, and when nothing is, the settings decide.
   *
   * @param embedder a name of {@code PARLEY_EMBEDDER}
   * @param store a name of {@code PARLEY_VECTOR_STORE}
   * @throws PortFailure when the settings do not say how to reach it, or it cannot be reached
   */
  public MoveKnowledge.Result to(@Nullable String embedder, @Nullable String store) {
    Generation serving = parley.generation();
    boolean chosen = embedder == null && store == null;
    EmbeddingModel model =
        embedder != null
            ? models.embedding(embedder)
            : chosen ? models.embedding() : serving.model();
    requireKnown(store);
    String where = store != null ? store : chosen ? stores.settings().chosen() : serving.store();
    String words = KeywordIndexes.of(serving); // they stay where they are
    return parley
        .moveKnowledge()
        .to(model, where, id -> stores.settingsOf(where, words, model, id));
  }

  private static void requireKnown(@Nullable String store) {
    if (store != null && !VectorSettings.stores().contains(store)) {
      throw new PortFailure(
          PortFailure.Kind.INVALID_CONFIGURATION,
          "index",
          "There is no vector store \""
              + store
              + "\". Name one of "
              + String.join(", ", VectorSettings.stores())
              + ".",
          null);
    }
  }

  /** The rest of what can be done with generations. */
  public MoveKnowledge all() {
    return parley.moveKnowledge();
  }
}
