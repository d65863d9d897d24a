package io.parley.adapter.vectorstore.pgvector;

import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.testkit.vectorstore.VectorStoreContract;

/** As if every bot were large: HNSW is asked, and what it misses is found exactly. */
final class PgVectorStoreByHnswContractTest extends VectorStoreContract {
  @Override
  protected VectorStore openEmpty(int dimension) {
    return PgVectorStore.open(
        new PgVectorStoreConfig(
            TestPostgres.withHnsw(), TestPostgres.freshName("vectors"), dimension, 0));
  }
}
