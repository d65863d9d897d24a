package io.parley.adapter.vectorstore.lucene;

/** How much one search may ask for. */
final class Limits {

  private static final int MOST = 1_000;

  private Limits() {}

  static void check(int limit) {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("A search gives 1 to 1,000 chunks: " + limit);
    }
  }
}
