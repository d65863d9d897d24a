package io.parley.adapter.vectorstore.pgvector;

/**
 * How vectors of a dimension are kept: as 32-bit numbers as far as HNSW takes them, above that as
 * 16-bit numbers.
 *
 * @param name as the extension calls it, with the dimension
 * @param operators of the index, for cosines
 */
record VectorType(String name, String operators) {
  private static final int MOST_FULL = 2_000;
  private static final int MOST_HALF = 4_000;

  static VectorType of(int dimension) {
    if (dimension > MOST_HALF) {
      throw PgFailures.configuration(
          "pgvector indexes vectors of at most 4,000 numbers, and the embedding model makes "
              + dimension
              + ". Choose a model, or a dimension of it, of 4,000 or less, or another"
              + " PARLEY_VECTOR_STORE.",
          null);
    }
    String kind = dimension > MOST_FULL ? "halfvec" : "vector";
    return new VectorType(kind + "(" + dimension + ")", kind + "_cosine_ops");
  }
}
