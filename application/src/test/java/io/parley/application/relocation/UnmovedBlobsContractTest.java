package io.parley.application.relocation;

import io.parley.application.Bent;
import io.parley.domain.access.BotScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.port.storage.BlobStore;
import io.parley.testkit.storage.BlobStoreContract;
import io.parley.testkit.storage.InMemoryBlobStore;
import java.io.InputStream;

/** The contract, with every blob where it lay before. */
class UnmovedBlobsContractTest extends BlobStoreContract {
  @Override
  protected BlobStore create() {
    BlobStore before = new InMemoryBlobStore();
    BlobStore both = new RelocatingBlobStore(new InMemoryBlobStore(), before);
    BlobStore putting =
        Bent.port(
            BlobStore.class,
            both,
            "put",
            (given, _) ->
                before.put(
                    (BotScope) given[0],
                    (BlobKey) given[1],
                    (InputStream) given[2],
                    (long) given[3]));
    return Bent.port(
        BlobStore.class,
        putting,
        "write",
        (given, _) -> before.write((BlobKey) given[0], (InputStream) given[1], (long) given[2]));
  }
}
