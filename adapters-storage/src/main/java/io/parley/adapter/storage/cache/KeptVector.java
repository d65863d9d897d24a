package io.parley.adapter.storage.cache;

import io.parley.domain.retrieval.EmbeddingModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** How a vector of one model lies in a cache: its numbers, little-endian. */
record KeptVector(EmbeddingModel model) {
  /** Vectors have length 1; what a sound embedder gives is nearer than this. */
  private static final double TOLERANCE = 0.01;

  /** No two models and queries have one key in common. */
  String key(String query) {
    return part(model.provider()) + part(model.name()) + model.dimension() + " " + query;
  }

  private static String part(String text) {
    return text.length() + " " + text + " ";
  }

  byte[] write(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return bytes.array();
  }

  /** The vector; empty when it can be none of this model, whoever put it there. */
  Optional<float[]> read(byte[] bytes) {
    if (bytes.length != model.dimension() * Float.BYTES) {
      return Optional.empty();
    }
    float[] vector = new float[model.dimension()];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    double squares = 0;
    for (float number : vector) {
      squares += (double) number * number;
    }
    // NaN and infinities fail the comparison as well.
    return Math.abs(Math.sqrt(squares) - 1) < TOLERANCE ? Optional.of(vector) : Optional.empty();
  }
}
