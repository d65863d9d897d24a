package io.parley.adapter.storage.filesystem;

import io.parley.domain.port.Secret;
import io.parley.testkit.storage.SignedBlobsContract;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

class FilesystemSignedBlobsContractTest extends SignedBlobsContract<FilesystemBlobStore> {
  @TempDir Path root;

  @Override
  protected FilesystemBlobStore create(InstantSource clock) {
    return FilesystemBlobStore.open(
        new FilesystemBlobConfig(root, new Secret("k".repeat(32)), clock));
  }
}
