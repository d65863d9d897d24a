package io.parley.adapter.storage.filesystem;

import io.parley.domain.port.Secret;
import io.parley.domain.port.storage.BlobStore;
import io.parley.testkit.storage.BlobStoreContract;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

class FilesystemBlobStoreContractTest extends BlobStoreContract {
  @TempDir Path root;

  @Override
  protected BlobStore create() {
    return FilesystemBlobStore.open(
        new FilesystemBlobConfig(root, new Secret("k".repeat(32)), InstantSource.system()));
  }
}
