package io.parley.testkit.vectorstore;

import io.parley.domain.port.vectorstore.VectorStore;

class InMemorySharedVectorStoreContractTest extends VectorStoreContract {
  @Override
  protected VectorStore openEmpty(int dimension) {
    return InMemoryVectorStore.sharedByServers(dimension);
  }
}
