package io.parley.testkit.storage;

import io.parley.domain.port.storage.BlobStore;

class InMemoryBlobStoreTest extends BlobStoreContract {

  @Override
  protected BlobStore create() {
    return new InMemoryBlobStore();
  }
}
