package io.parley.adapter.vectorstore.pgvector;

import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.testkit.vectorstore.VectorStoreContract;
import org.junit.jupiter.api.condition.EnabledIf;

/** As if every bot were large: HNSW is asked, and what it misses is found exactly. */
@EnabledIf(
    value = "io.parley.adapter.vectorstore.pgvector.TestPostgres#hasVectors",
    disabledReason = TestPostgres.SKIPPED)
final class PgVectorStoreByHnswContractTest extends VectorStoreContract {
  @Override
  protected VectorStore openEmpty(int dimension) {
    return PgVectorStore.open(
        new PgVectorStoreConfig(
            TestPostgres.withHnsw(), TestPostgres.freshName("vectors"), dimension, 0));
  }
}
