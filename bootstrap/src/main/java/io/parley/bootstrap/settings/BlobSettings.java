package io.parley.bootstrap.settings;

import io.parley.adapter.storage.s3.S3BlobConfig;
import io.parley.adapter.storage.s3.S3Credentials;
import io.parley.adapter.storage.s3.S3Encryption;
import io.parley.domain.port.Secret;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which blob stores are set. */
record BlobSettings(SettingReader read, Path data) {
  private static final String BUCKET_NAME = "[A-Za-z0-9][A-Za-z0-9._-]{1,254}";
  private static final String REGION = "[A-Za-z0-9][A-Za-z0-9-]{0,62}";

  private enum Kind {
    FILESYSTEM,
    S3
  }

  /** Where files are to lie. */
  BlobPlace now() {
    return place(kind());
  }

  /** Where files lay that are to come over; absent when none are. */
  @Nullable BlobPlace before() {
    if (!read.isSet(Setting.PARLEY_MOVE_BLOBS_FROM)) {
      return null;
    }
    Kind before = read.oneOf(Setting.PARLEY_MOVE_BLOBS_FROM, Kind.class);
    if (before == kind()) {
      throw new WrongSetting(
          Setting.PARLEY_MOVE_BLOBS_FROM,
          "Files cannot come from where they are to lie: set PARLEY_BLOB_STORE to the other one.");
    }
    boolean shared = read.isSet(Setting.DATABASE_URL);
    if (before == Kind.S3 && shared && !read.isSet(Setting.PARLEY_BLOB_DIR)) {
      throw new WrongSetting(
          Setting.PARLEY_BLOB_DIR,
          "Name the directory that all servers share, which the files are to come to.");
    }
    return place(before);
  }

  private BlobPlace place(Kind kind) {
    return new BlobPlace(
        read.path(Setting.PARLEY_BLOB_DIR, data.resolve("blobs")),
        kind == Kind.S3 ? bucket() : null);
  }

  private S3BlobConfig bucket() {
    if (!read.isSet(Setting.S3_BUCKET_NAME)) {
      throw new WrongSetting(Setting.S3_BUCKET_NAME, "The blob store s3 needs a bucket.");
    }
    S3BlobConfig config =
        S3BlobConfig.of(
                named(Setting.S3_BUCKET_NAME, BUCKET_NAME),
                named(Setting.AWS_REGION, REGION),
                credentials())
            .encrypted(read.oneOf(Setting.PARLEY_S3_ENCRYPTION, S3Encryption.class), null);
    S3BlobConfig encrypted = withKey(config);
    URI endpoint = read.url(Setting.AWS_ENDPOINT_URL_S3);
    return encrypted.at(endpoint, byPath(endpoint));
  }

  private Kind kind() {
    if (read.isSet(Setting.PARLEY_BLOB_STORE)) {
      return read.oneOf(Setting.PARLEY_BLOB_STORE, Kind.class);
    }
    boolean complete =
        read.isSet(Setting.S3_BUCKET_NAME)
            && read.isSet(Setting.AWS_ACCESS_KEY_ID)
            && read.isSet(Setting.AWS_SECRET_ACCESS_KEY);
    return complete ? Kind.S3 : Kind.FILESYSTEM;
  }

  private String named(Setting setting, String pattern) {
    String name = read.text(setting);
    if (!name.matches(pattern)) {
      throw new WrongSetting(setting, "\"" + name + "\" is no such name.");
    }
    return name;
  }

  private @Nullable S3Credentials credentials() {
    boolean id = read.isSet(Setting.AWS_ACCESS_KEY_ID);
    Secret secret = read.secret(Setting.AWS_SECRET_ACCESS_KEY, 1);
    if (id != (secret != null)) {
      Setting missing = id ? Setting.AWS_SECRET_ACCESS_KEY : Setting.AWS_ACCESS_KEY_ID;
      throw new WrongSetting(missing, "An access key has two halves: set both, or none.");
    }
    return secret == null
        ? null
        : new S3Credentials(
            read.text(Setting.AWS_ACCESS_KEY_ID),
            secret,
            read.secret(Setting.AWS_SESSION_TOKEN, 1));
  }

  private S3BlobConfig withKey(S3BlobConfig config) {
    if (!read.isSet(Setting.PARLEY_S3_KMS_KEY)) {
      return config;
    }
    if (config.encryption() != S3Encryption.KMS) {
      throw new WrongSetting(
          Setting.PARLEY_S3_KMS_KEY, "A key is of use only with PARLEY_S3_ENCRYPTION=kms.");
    }
    return config.encrypted(S3Encryption.KMS, read.text(Setting.PARLEY_S3_KMS_KEY));
  }

  private boolean byPath(@Nullable URI endpoint) {
    return read.isSet(Setting.PARLEY_S3_PATH_STYLE)
        ? read.truth(Setting.PARLEY_S3_PATH_STYLE)
        : endpoint != null;
  }
}
