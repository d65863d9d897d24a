package io.parley.testkit.vectorstore;

import io.parley.domain.port.vectorstore.VectorStore;

final class InMemoryVectorStoreContractTest extends VectorStoreContract {
  @Override
  protected VectorStore openEmpty(int dimension) {
    return new InMemoryVectorStore(dimension);
  }
}
