package io.parley.adapter.storage.s3;

import io.parley.domain.port.Secret;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** A real bucket, for tests alone: whatever lies below {@code documents/} in it is removed. */
final class RealS3 {
  static final String BUCKET = "PARLEY_TEST_S3_BUCKET";

  private RealS3() {}

  static S3BlobConfig config() {
    S3BlobConfig config =
        S3BlobConfig.of(
            env(BUCKET).orElseThrow(),
            env("AWS_REGION").orElse("us-east-1"),
            env("AWS_ACCESS_KEY_ID").map(RealS3::key).orElse(null));
    S3BlobConfig encrypted =
        config.encrypted(
            S3Encryption.valueOf(
                env("PARLEY_S3_ENCRYPTION").orElse("aes256").toUpperCase(Locale.ROOT)),
            env("PARLEY_S3_KMS_KEY").orElse(null));
    return env("AWS_ENDPOINT_URL_S3")
        .map(endpoint -> encrypted.at(URI.create(endpoint), true))
        .orElse(encrypted);
  }

  static S3BlobStore openEmpty() {
    S3BlobStore store = S3BlobStore.open(config());
    store.list(null, Integer.MAX_VALUE).items().forEach(store::remove);
    return store;
  }

  private static S3Credentials key(String id) {
    return new S3Credentials(
        id,
        new Secret(env("AWS_SECRET_ACCESS_KEY").orElseThrow()),
        env("AWS_SESSION_TOKEN").map(Secret::new).orElse(null));
  }

  private static Optional<String> env(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }
}
