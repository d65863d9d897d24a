package io.parley.adapter.storage.s3;

import io.parley.domain.port.storage.BlobStore;
import io.parley.testkit.storage.BlobStoreContract;
import io.parley.testkit.storage.LocalS3;
import org.junit.jupiter.api.extension.ExtendWith;

/** A bucket that keeps versions shows no difference. */
@ExtendWith(SharedS3.class)
class VersionedS3BlobStoreContractTest extends BlobStoreContract {
  private final LocalS3 server;

  VersionedS3BlobStoreContractTest(LocalS3 server) {
    this.server = server;
  }

  @Override
  protected BlobStore create() {
    String bucket = server.newBucket();
    server.keepVersions(bucket);
    return S3BlobStore.open(SharedS3.config(server, bucket));
  }
}
