package io.parley.adapter.storage.s3;

import io.parley.domain.port.storage.BlobStore;
import io.parley.testkit.storage.BlobStoreContract;
import io.parley.testkit.storage.LocalS3;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedS3.class)
class S3BlobStoreContractTest extends BlobStoreContract {
  private final LocalS3 server;

  S3BlobStoreContractTest(LocalS3 server) {
    this.server = server;
  }

  @Override
  protected BlobStore create() {
    return S3BlobStore.open(SharedS3.config(server, server.newBucket()));
  }
}
