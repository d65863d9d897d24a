package io.parley.adapter.vectorstore.pgvector;

import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.testkit.vectorstore.VectorStoreContract;
import org.junit.jupiter.api.condition.EnabledIf;

/** Bots as small as the contract's are searched exactly. */
@EnabledIf(
    value = "io.parley.adapter.vectorstore.pgvector.TestPostgres#hasVectors",
    disabledReason = TestPostgres.SKIPPED)
final class PgVectorStoreContractTest extends VectorStoreContract {
  @Override
  protected VectorStore openEmpty(int dimension) {
    return PgVectorStore.open(
        PgVectorStoreConfig.of(
            TestPostgres.withVectors(), TestPostgres.freshName("vectors"), dimension));
  }
}
