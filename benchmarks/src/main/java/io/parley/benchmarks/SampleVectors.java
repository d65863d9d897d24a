package io.parley.benchmarks;

import java.util.Random;

/**
 * Seeded vectors in clusters, as texts about a few hundred subjects have them: a centre, a
 * direction within the subject and noise.
 */
public final class SampleVectors {

  private static final int CLUSTERS = 500;
  private static final double SPREAD = 0.6;

  private final int dimension;
  private final float[][] centres = new float[CLUSTERS][];
  private final Random random;

  public SampleVectors(int dimension, long seed) {
    this.dimension = dimension;
    this.random = new Random(seed);
    for (int i = 0; i < CLUSTERS; i++) {
      centres[i] = gaussian();
    }
  }

  /** The next one, of length 1. */
  public float[] next() {
    float[] vector = gaussian();
    float[] centre = centres[random.nextInt(CLUSTERS)];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) (centre[i] + SPREAD * vector[i]);
    }
    return unit(vector);
  }

  private float[] gaussian() {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  private static float[] unit(float[] vector) {
    double square = 0;
    for (float number : vector) {
      square += (double) number * number;
    }
    float length = (float) Math.sqrt(square);
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= length;
    }
    return vector;
  }
}
