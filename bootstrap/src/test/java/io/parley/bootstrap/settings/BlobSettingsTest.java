package io.parley.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.adapter.storage.s3.S3BlobConfig;
import io.parley.adapter.storage.s3.S3Encryption;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlobSettingsTest {
  private static final Map<String, String> BUCKET =
      Map.of(
          "S3_BUCKET_NAME", "files",
          "AWS_ACCESS_KEY_ID", "key-id",
          "AWS_SECRET_ACCESS_KEY", "key-secret");

  private static @Nullable S3BlobConfig read(Map<String, String> set) {
    return Settings.read(set, Path.of("nowhere")).blobs().bucket();
  }

  private static Map<String, String> bucketWith(String name, String value) {
    Map<String, String> set = new HashMap<>(BUCKET);
    set.put(name, value);
    return set;
  }

  @Test
  void aBucketWithItsKeyIsChosenByItself() {
    S3BlobConfig config = read(BUCKET);

    assertThat(config.bucket()).isEqualTo("files");
    assertThat(config.region()).isEqualTo("us-east-1");
    assertThat(config.endpoint()).isNull();
    assertThat(config.pathStyle()).isFalse();
    assertThat(config.credentials().accessKeyId()).isEqualTo("key-id");
    assertThat(config.credentials().secretAccessKey().reveal()).isEqualTo("key-secret");
    assertThat(config.encryption()).isEqualTo(S3Encryption.AES256);
    assertThat(config.toString()).doesNotContain("key-secret");
  }

  @Test
  void aBucketWithoutAKeyIsNotChosenUnlessToldSo() {
    assertThat(read(Map.of("S3_BUCKET_NAME", "files"))).isNull();
    assertThat(read(Map.of("AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", "b"))).isNull();
    assertThat(read(bucketWith("PARLEY_BLOB_STORE", "filesystem"))).isNull();
    assertThat(read(Map.of("S3_BUCKET_NAME", "files", "PARLEY_BLOB_STORE", "s3")).credentials())
        .isNull();
  }

  @Test
  void everySettingIsRead() {
    Map<String, String> set = new HashMap<>(BUCKET);
    set.put("PARLEY_BLOB_STORE", "S3");
    set.put("AWS_REGION", "eu-west-1");
    set.put("AWS_SESSION_TOKEN", "token");
    set.put("AWS_ENDPOINT_URL_S3", "https://s3.example.com");
    set.put("PARLEY_S3_ENCRYPTION", "kms");
    set.put("PARLEY_S3_KMS_KEY", "alias/files");

    S3BlobConfig config = read(set);

    assertThat(config.region()).isEqualTo("eu-west-1");
    assertThat(config.credentials().sessionToken().reveal()).isEqualTo("token");
    assertThat(config.endpoint()).isEqualTo(URI.create("https://s3.example.com"));
    assertThat(config.pathStyle()).isTrue();
    assertThat(config.encryption()).isEqualTo(S3Encryption.KMS);
    assertThat(config.kmsKey()).isEqualTo("alias/files");
    set.put("PARLEY_S3_PATH_STYLE", "false");
    assertThat(read(set).pathStyle()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_REGION, eu west",
    "S3_BUCKET_NAME, files/documents",
    "AWS_ENDPOINT_URL_S3, s3.example.com",
    "AWS_ENDPOINT_URL_S3, https://u:p@s3.example.com",
    "PARLEY_S3_PATH_STYLE, perhaps",
    "PARLEY_S3_ENCRYPTION, rot13",
    "PARLEY_S3_KMS_KEY, of-no-use"
  })
  void aWrongSettingIsNamed(String name, String value) {
    assertThatThrownBy(() -> read(bucketWith(name, value)))
        .isInstanceOf(WrongSetting.class)
        .hasMessageContaining(name);
  }

  @Test
  void halfAKeyAndAMissingBucketAreNamed() {
    assertThatThrownBy(() ->
            read(
                Map.of(
                    "PARLEY_BLOB_STORE",
                    "s3",
                    "S3_BUCKET_NAME",
                    "files",
                    "AWS_ACCESS_KEY_ID",
                    "a")))
        .hasMessageContaining("AWS_SECRET_ACCESS_KEY");
    assertThatThrownBy(() -> read(Map.of("PARLEY_BLOB_STORE", "s3")))
        .hasMessageContaining("S3_BUCKET_NAME");
  }

  @Test
  void filesComeFromTheOtherPlaceOnly() {
    Map<String, String> into = bucketWith("PARLEY_MOVE_BLOBS_FROM", "filesystem");
    assertThat(Settings.read(into, Path.of("nowhere")).blobsBefore().bucket()).isNull();
    Map<String, String> back = new HashMap<>(BUCKET);
    back.put("PARLEY_BLOB_STORE", "filesystem");
    back.put("PARLEY_MOVE_BLOBS_FROM", "s3");
    Settings moving = Settings.read(back, Path.of("nowhere"));
    assertThat(moving.blobs().bucket()).isNull();
    assertThat(moving.blobsBefore().bucket().bucket()).isEqualTo("files");

    assertThatThrownBy(() -> read(bucketWith("PARLEY_MOVE_BLOBS_FROM", "s3")))
        .isInstanceOf(WrongSetting.class)
        .hasMessageContaining("PARLEY_MOVE_BLOBS_FROM");
    back.put("DATABASE_URL", "postgres://u:p@db/parley");
    assertThatThrownBy(() -> Settings.read(back, Path.of("nowhere")))
        .as("each server has a data directory of its own")
        .isInstanceOf(WrongSetting.class)
        .hasMessageContaining("PARLEY_BLOB_DIR");
  }
}
