package io.parley.application.document;

import io.parley.domain.port.PortFailure;
import io.parley.domain.retrieval.EmbeddingModel;

/** Refuses vectors that cannot be right before they are kept. */
final class EmbeddingCheck {
  private EmbeddingCheck() {}

  static float[] checked(float[] vector, EmbeddingModel model) {
    if (vector.length != model.dimension()) {
      throw corrupt(
          model, "returned a vector of " + vector.length + " dimensions, not " + model.dimension());
    }
    double square = 0;
    for (float x : vector) {
      square += (double) x * x;
    }
    if (!Double.isFinite(square) || square == 0) {
      throw corrupt(model, "returned a vector that is zero or not finite");
    }
    return vector;
  }

  private static PortFailure corrupt(EmbeddingModel model, String what) {
    return new PortFailure(
        PortFailure.Kind.CORRUPT_DATA,
        model.name(),
        "The embedding model " + model.name() + " " + what + ".",
        null);
  }
}
