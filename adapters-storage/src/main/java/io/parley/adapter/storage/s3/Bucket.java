package io.parley.adapter.storage.s3;

import io.parley.domain.port.PortFailure;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The bucket with its client: every call goes through here, and fails as ports fail. */
record Bucket(String name, S3Client client, S3Failures failures) {

  <T> T call(S3Action doing, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw failures.of(doing, e);
    }
  }

  /** Empty when there is no such object; a missing bucket is a failure. */
  <T> Optional<T> find(S3Action doing, Supplier<T> call) {
    try {
      return Optional.of(call.get());
    } catch (S3Exception e) {
      String code = S3Failures.code(e);
      if (e.statusCode() == 404 && !code.equals("NoSuchBucket")) {
        return Optional.empty();
      }
      throw failures.of(doing, e);
    } catch (SdkException e) {
      throw failures.of(doing, e);
    }
  }

  /** Whether a failure is one of permissions. */
  static boolean isDenied(PortFailure failure) {
    return failure.kind() == PortFailure.Kind.INVALID_CONFIGURATION
        && failure.getCause() instanceof S3Exception e
        && e.statusCode() == 403;
  }

  /** Whether the server does not know how to do what was asked. */
  static boolean isUnknown(PortFailure failure) {
    return failure.getCause() instanceof S3Exception e
        && (e.statusCode() == 501 || e.statusCode() == 405);
  }
}
