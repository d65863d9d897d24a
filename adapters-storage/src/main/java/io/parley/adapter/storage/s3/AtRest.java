package io.parley.adapter.storage.s3;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * How S3 is to encrypt what is put: a bucket may refuse every object that does not say so.
 *
 * @param by absent for whatever the bucket does by itself
 */
record AtRest(@Nullable ServerSideEncryption by, @Nullable String kmsKey) {

  static AtRest of(S3BlobConfig config) {
    ServerSideEncryption by =
        switch (config.encryption()) {
          case AES256 -> ServerSideEncryption.AES256;
          case KMS -> ServerSideEncryption.AWS_KMS;
          case NONE -> null;
        };
    return new AtRest(by, config.kmsKey());
  }
}
