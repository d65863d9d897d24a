package io.parley.testkit.server;

/** An embedding of the text at that place. */
final class Embedded {
  private final int index;
  private final float[] vector;

  Embedded(int index, float[] vector) {
    this.index = index;
    this.vector = vector;
  }

  int index() {
    return index;
  }

  float[] vector() {
    return vector;
  }
}
