package io.parley.adapter.vectorstore.remote;

import io.parley.domain.port.PortFailure;

/**
 * Vectors of length 1. Stores work with 32-bit numbers, in which the squares of very large or very
 * small ones are lost.
 */
public final class UnitVectors {

  private UnitVectors() {}

  /**
   * The same direction, with length 1.
   *
   * @throws PortFailure {@code CORRUPT_DATA} when it has another dimension, or no direction
   */
  public static float[] of(float[] vector, int dimension, String backend) {
    double length = lengthOf(vector, dimension, backend);
    float[] unit = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      unit[i] = (float) (vector[i] / length);
    }
    return unit;
  }

  /** Refuses what {@link #of} would refuse. */
  public static void check(float[] vector, int dimension, String backend) {
    lengthOf(vector, dimension, backend);
  }

  private static double lengthOf(float[] vector, int dimension, String backend) {
    if (vector.length != dimension) {
      throw rejected(
          backend,
          "A vector of " + vector.length + " numbers does not fit an index of " + dimension + ".");
    }
    double square = 0;
    for (float number : vector) {
      square += (double) number * number;
    }
    double length = Math.sqrt(square);
    if (!Double.isFinite(length) || length == 0) {
      throw rejected(backend, "A vector needs finite numbers, and one that is not zero.");
    }
    return length;
  }

  private static PortFailure rejected(String backend, String sentence) {
    return new PortFailure(PortFailure.Kind.CORRUPT_DATA, backend, sentence, null);
  }
}
