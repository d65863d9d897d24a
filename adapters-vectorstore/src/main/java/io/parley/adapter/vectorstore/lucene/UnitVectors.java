package io.parley.adapter.vectorstore.lucene;

/** Vectors of length 1, whose scalar product is their cosine similarity. */
final class UnitVectors {

  private UnitVectors() {}

  /**
   * The same direction, with length 1.
   *
   * @throws io.parley.domain.port.PortFailure {@code CORRUPT_DATA} when it has another dimension,
   *     or no direction
   */
  static float[] of(float[] vector, int dimension) {
    double length = lengthOf(vector, dimension);
    float[] unit = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      unit[i] = (float) (vector[i] / length);
    }
    return unit;
  }

  static void check(float[] vector, int dimension) {
    lengthOf(vector, dimension);
  }

  private static double lengthOf(float[] vector, int dimension) {
    if (vector.length != dimension) {
      throw LuceneFailures.rejected(
          "A vector of " + vector.length + " numbers does not fit an index of " + dimension + ".");
    }
    double square = 0;
    for (float number : vector) {
      square += (double) number * number;
    }
    double length = Math.sqrt(square);
    // One number that is none makes the sum none as well; the squares of finite ones fit a double.
    if (!Double.isFinite(length) || length == 0) {
      throw LuceneFailures.rejected("A vector needs finite numbers, and one that is not zero.");
    }
    return length;
  }
}
