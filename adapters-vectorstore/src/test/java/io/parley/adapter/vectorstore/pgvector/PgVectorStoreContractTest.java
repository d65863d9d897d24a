package io.parley.adapter.vectorstore.pgvector;

import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.testkit.vectorstore.VectorStoreContract;

/** Bots as small as the contract's are searched exactly. */
final class PgVectorStoreContractTest extends VectorStoreContract {
  @Override
  protected VectorStore openEmpty(int dimension) {
    return PgVectorStore.open(
        PgVectorStoreConfig.of(
            TestPostgres.withVectors(), TestPostgres.freshName("vectors"), dimension));
  }
}
