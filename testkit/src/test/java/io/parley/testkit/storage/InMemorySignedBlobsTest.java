package io.parley.testkit.storage;

import java.time.InstantSource;

class InMemorySignedBlobsTest extends SignedBlobsContract<InMemoryBlobStore> {

  @Override
  protected InMemoryBlobStore create(InstantSource clock) {
    return new InMemoryBlobStore(clock);
  }
}
