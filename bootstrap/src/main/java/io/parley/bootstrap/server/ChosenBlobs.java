package io.parley.bootstrap.server;

import io.parley.adapter.storage.filesystem.FilesystemBlobConfig;
import io.parley.adapter.storage.filesystem.FilesystemBlobStore;
import io.parley.adapter.storage.s3.S3BlobConfig;
import io.parley.adapter.storage.s3.S3BlobStore;
import io.parley.bootstrap.settings.BlobPlace;
import io.parley.bootstrap.settings.Setting;
import io.parley.bootstrap.settings.Settings;
import io.parley.domain.port.persistence.InstanceSecrets;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.port.storage.BlobStoreSetup;
import io.parley.domain.port.storage.SignedBlobs;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The blob store that the settings choose. The other one's classes are not loaded, unless files are
 * to come over from it.
 *
 * @param before where files lay that are to come over to it
 * @param previews absent where the store answers its own links
 */
record ChosenBlobs(
    BlobStore store,
    BlobStoreSetup setup,
    @Nullable BlobStore before,
    @Nullable SignedBlobs previews) {
  private static final Logger LOG = LoggerFactory.getLogger(ChosenBlobs.class);

  static ChosenBlobs open(Settings settings, Keys keys, Closing closing) {
    ChosenBlobs now = open(settings.blobs(), keys, closing);
    BlobPlace before = settings.blobsBefore();
    return before == null ? now : now.from(open(before, keys, closing), settings);
  }

  private static ChosenBlobs open(BlobPlace place, Keys keys, Closing closing) {
    S3BlobConfig bucket = place.bucket();
    if (bucket != null) {
      S3BlobStore store = closing.add(S3BlobStore.open(bucket));
      return new ChosenBlobs(store, store, null, null);
    }
    FilesystemBlobStore store =
        FilesystemBlobStore.open(
            new FilesystemBlobConfig(
                place.directory(), keys.derive("previews"), InstantSource.system()));
    return new ChosenBlobs(store, store, null, store);
  }

  /** Links that were given before are answered as long as the file lies where it lay. */
  private ChosenBlobs from(ChosenBlobs before, Settings settings) {
    LOG.info(
        "Files come over from {}. Once all have come, take {} out of the settings.",
        Objects.requireNonNull(settings.blobsBefore()).description(),
        Setting.PARLEY_MOVE_BLOBS_FROM);
    return new ChosenBlobs(
        store,
        new BothSetups(setup, before.setup),
        before.store,
        previews == null ? before.previews : previews);
  }

  /** Where files lay belongs to the database already, and where they will lie is to. */
  private record BothSetups(BlobStoreSetup now, BlobStoreSetup before) implements BlobStoreSetup {
    @Override
    public void requireSameAs(
        InstanceSecrets database, boolean onlyServer, LongSupplier documents) {
      before.requireSameAs(database, onlyServer, documents);
      now.adopt(database);
    }

    @Override
    public void adopt(InstanceSecrets database) {
      now.adopt(database);
    }

    @Override
    public void requireUsable() {
      now.requireUsable();
      before.requireUsable();
    }
  }
}
