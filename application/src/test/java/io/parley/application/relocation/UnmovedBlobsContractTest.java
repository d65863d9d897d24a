package io.parley.application.relocation;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.port.storage.PutResult;
import io.parley.testkit.storage.BlobStoreContract;
import io.parley.testkit.storage.InMemoryBlobStore;
import java.io.InputStream;

/** The contract, with every blob where it lay before. */
class UnmovedBlobsContractTest extends BlobStoreContract {
  @Override
  protected BlobStore create() {
    InMemoryBlobStore before = new InMemoryBlobStore();
    return new RelocatingBlobStore(new InMemoryBlobStore(), before) {
      @Override
      public PutResult put(BotScope scope, BlobKey key, InputStream content, long maxBytes) {
        return before.put(scope, key, content, maxBytes);
      }

      @Override
      public PutResult write(BlobKey key, InputStream content, long maxBytes) {
        return before.write(key, content, maxBytes);
      }
    };
  }
}
