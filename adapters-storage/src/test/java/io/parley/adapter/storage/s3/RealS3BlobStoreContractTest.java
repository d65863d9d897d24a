package io.parley.adapter.storage.s3;

import io.parley.domain.port.storage.BlobStore;
import io.parley.testkit.storage.BlobStoreContract;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(
    named = RealS3.BUCKET,
    matches = ".+",
    disabledReason = "PARLEY_TEST_S3_BUCKET names no bucket.")
class RealS3BlobStoreContractTest extends BlobStoreContract {

  @Override
  protected BlobStore create() {
    return RealS3.openEmpty();
  }
}
