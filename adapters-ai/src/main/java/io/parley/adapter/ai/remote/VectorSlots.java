package io.parley.adapter.ai.remote;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import io.parley.domain.retrieval.EmbeddingModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** The vectors of one call, each at the place of its text, or a failure that says what is wrong. */
public final class VectorSlots {
  private final Vendor vendor;
  private final EmbeddingModel model;
  private final int texts;
  private final Map<Integer, float[]> vectors = new HashMap<>();

  VectorSlots(Vendor vendor, EmbeddingModel model, int texts) {
    this.vendor = vendor;
    this.model = model;
    this.texts = texts;
  }

  /** Takes the vector of the text at that place, and brings it to length 1. */
  public void put(int index, float[] vector) {
    if (index < 0 || index >= texts) {
      throw corrupt("returned a vector for a text that was not sent");
    }
    if (vectors.put(index, unit(vector)) != null) {
      throw corrupt("returned two vectors for one text");
    }
  }

  private float[] unit(float[] vector) {
    if (vector.length != model.dimension()) {
      throw corrupt(
          "returned a vector of "
              + vector.length
              + " dimensions, not "
              + model.dimension()
              + " (PARLEY_EMBEDDING_DIMENSION)");
    }
    double square = 0;
    for (float x : vector) {
      square += (double) x * x;
    }
    if (!Double.isFinite(square) || square == 0) {
      throw corrupt("returned a vector that is zero or not finite");
    }
    double scale = 1 / Math.sqrt(square);
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] * scale);
    }
    return vector;
  }

  /** All of them, once each text has one. */
  List<float[]> all() {
    if (vectors.size() < texts) {
      throw corrupt("returned vectors for " + vectors.size() + " of " + texts + " texts");
    }
    return IntStream.range(0, texts).mapToObj(i -> Objects.requireNonNull(vectors.get(i))).toList();
  }

  PortFailure corrupt(String what) {
    return Refusals.failure(
        vendor,
        Kind.CORRUPT_DATA,
        "The embedding model " + model.name() + " of " + vendor.name() + " " + what + ".");
  }
}
