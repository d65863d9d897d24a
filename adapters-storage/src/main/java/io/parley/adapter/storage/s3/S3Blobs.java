package io.parley.adapter.storage.s3;

import io.parley.application.Adapters;

/** A bucket as blob store, for programs that embed Parley. */
public final class S3Blobs {

  private S3Blobs() {}

  /** Gives the builder its blob store. */
  public static Adapters in(S3BlobConfig config) {
    return builder -> {
      S3BlobStore store = S3BlobStore.open(config);
      builder.blobStore(store);
      return store;
    };
  }
}
