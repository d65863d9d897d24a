package io.parley.adapter.storage.s3;

import java.net.URI;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Which bucket, and how it is spoken to.
 *
 * @param region where the bucket lies; servers of one's own mostly take any
 * @param endpoint absent for AWS
 * @param pathStyle {@code endpoint/bucket/key} instead of {@code bucket.endpoint/key}
 * @param credentials absent for what the AWS SDK finds by itself, such as the machine's role
 * @param kmsKey only with {@link S3Encryption#KMS}; absent for the bucket's standard key
 * @param attempts tries of a call, 1 to 10
 * @param clock says how old an upload is that was never finished
 */
public record S3BlobConfig(
    String bucket,
    String region,
    @Nullable URI endpoint,
    boolean pathStyle,
    @Nullable S3Credentials credentials,
    S3Encryption encryption,
    @Nullable String kmsKey,
    S3Deadlines deadlines,
    int attempts,
    InstantSource clock) {
  private static final int MOST_ATTEMPTS = 10;

  public S3BlobConfig {
    if (bucket.isBlank() || region.isBlank()) {
      throw new IllegalArgumentException("A bucket and its region need names.");
    }
    if (attempts < 1 || attempts > MOST_ATTEMPTS) {
      throw new IllegalArgumentException("A call is tried 1 to 10 times.");
    }
    if (kmsKey != null && encryption != S3Encryption.KMS) {
      throw new IllegalArgumentException("A KMS key is of use only with encryption by KMS.");
    }
  }

  /** A bucket at AWS. */
  public static S3BlobConfig of(String bucket, String region, @Nullable S3Credentials credentials) {
    return new S3BlobConfig(
        bucket,
        region,
        null,
        false,
        credentials,
        S3Encryption.AES256,
        null,
        S3Deadlines.DEFAULT,
        3,
        InstantSource.system());
  }

  /**
   * Somewhere else.
   *
   * @param server absent for AWS
   */
  public S3BlobConfig at(@Nullable URI server, boolean byPath) {
    return new S3BlobConfig(
        bucket,
        region,
        server,
        byPath,
        credentials,
        encryption,
        kmsKey,
        deadlines,
        attempts,
        clock);
  }

  public S3BlobConfig encrypted(S3Encryption by, @Nullable String key) {
    return new S3BlobConfig(
        bucket, region, endpoint, pathStyle, credentials, by, key, deadlines, attempts, clock);
  }

  public S3BlobConfig within(S3Deadlines limits, int tries) {
    return new S3BlobConfig(
        bucket, region, endpoint, pathStyle, credentials, encryption, kmsKey, limits, tries, clock);
  }

  public S3BlobConfig withClock(InstantSource other) {
    return new S3BlobConfig(
        bucket,
        region,
        endpoint,
        pathStyle,
        credentials,
        encryption,
        kmsKey,
        deadlines,
        attempts,
        other);
  }
}
