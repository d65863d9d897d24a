package io.parley.application.relocation;

import io.parley.domain.port.storage.BlobStore;
import io.parley.testkit.storage.BlobStoreContract;
import io.parley.testkit.storage.InMemoryBlobStore;

class RelocatingBlobStoreContractTest extends BlobStoreContract {
  @Override
  protected BlobStore create() {
    return new RelocatingBlobStore(new InMemoryBlobStore(), new InMemoryBlobStore());
  }
}
