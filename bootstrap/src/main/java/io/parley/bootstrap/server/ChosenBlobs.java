package io.parley.bootstrap.server;

import io.parley.adapter.storage.filesystem.FilesystemBlobConfig;
import io.parley.adapter.storage.filesystem.FilesystemBlobStore;
import io.parley.adapter.storage.s3.S3BlobConfig;
import io.parley.adapter.storage.s3.S3BlobStore;
import io.parley.bootstrap.settings.Settings;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.port.storage.BlobStoreSetup;
import io.parley.domain.port.storage.SignedBlobs;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The blob store that the settings choose. The other one's classes are not loaded.
 *
 * @param previews absent where the store answers its own links
 */
record ChosenBlobs(BlobStore store, BlobStoreSetup setup, @Nullable SignedBlobs previews) {

  static ChosenBlobs open(Settings settings, Keys keys, Closing closing) {
    S3BlobConfig s3 = settings.s3();
    return s3 == null ? directory(settings, keys) : bucket(s3, closing);
  }

  private static ChosenBlobs directory(Settings settings, Keys keys) {
    FilesystemBlobStore store =
        FilesystemBlobStore.open(
            new FilesystemBlobConfig(
                settings.blobDirectory(), keys.derive("previews"), InstantSource.system()));
    return new ChosenBlobs(store, store, store);
  }

  private static ChosenBlobs bucket(S3BlobConfig config, Closing closing) {
    S3BlobStore store = closing.add(S3BlobStore.open(config));
    return new ChosenBlobs(store, store, null);
  }
}
