package io.parley.bootstrap.settings;

import io.parley.adapter.storage.s3.S3BlobConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where original files lie.
 *
 * @param bucket absent when they lie in the directory
 */
public record BlobPlace(Path directory, @Nullable S3BlobConfig bucket) {

  /** In words for people. */
  public String description() {
    return bucket == null ? "files in " + directory : "S3 bucket " + bucket.bucket();
  }
}
