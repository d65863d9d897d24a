package io.parley.adapter.storage.filesystem;

import io.parley.testkit.storage.BlobStoreSetupContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FilesystemBlobStoreSetupContractTest extends BlobStoreSetupContract<FilesystemBlobStore> {
  @TempDir Path folder;

  @Override
  protected FilesystemBlobStore open(String place) {
    return Blobs.open(folder.resolve(place));
  }

  @Override
  protected String setting() {
    return "PARLEY_BLOB_DIR";
  }
}
