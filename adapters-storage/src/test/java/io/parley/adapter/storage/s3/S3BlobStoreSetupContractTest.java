package io.parley.adapter.storage.s3;

import io.parley.testkit.storage.BlobStoreSetupContract;
import io.parley.testkit.storage.LocalS3;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedS3.class)
class S3BlobStoreSetupContractTest extends BlobStoreSetupContract<S3BlobStore> {
  private final Map<String, String> buckets = new ConcurrentHashMap<>();
  private final LocalS3 server;

  S3BlobStoreSetupContractTest(LocalS3 server) {
    this.server = server;
  }

  @Override
  protected S3BlobStore open(String place) {
    String bucket = buckets.computeIfAbsent(place, _ -> server.newBucket());
    return S3BlobStore.open(SharedS3.config(server, bucket));
  }

  @Override
  protected String setting() {
    return "S3_BUCKET_NAME";
  }
}
