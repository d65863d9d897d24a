package io.parley.testkit.storage;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What the access key of a {@link LocalS3} may not do. */
final class LocalS3Permissions {
  private static final int FORBIDDEN = 403;
  private static final String REMOVE = "s3:DeleteObject";
  private static final String REMOVE_VERSIONS = "s3:DeleteObjectVersion";

  /** The calls that each action is made of. */
  private static final Map<String, List<String>> CALLS =
      Map.of(
          "s3:ListBucket",
          List.of("list"),
          "s3:GetObject",
          List.of("getBlob", "blobMetadata"),
          "s3:PutObject",
          List.of(
              "putBlob",
              "initiateMultipartUpload",
              "uploadMultipartPart",
              "completeMultipartUpload"),
          REMOVE,
          List.of("removeBlob"),
          REMOVE_VERSIONS,
          List.of("removeBlob"),
          "s3:ListBucketVersions",
          List.of("listVersions"),
          "s3:GetBucketVersioning",
          List.of("getBucketVersioning"),
          "s3:ListBucketMultipartUploads",
          List.of("listMultipartUploads"),
          "s3:AbortMultipartUpload",
          List.of("abortMultipartUpload"));

  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  void refuse(String action) {
    if (!CALLS.containsKey(action)) {
      throw new IllegalArgumentException("No action of Parley's: " + action);
    }
    refused.add(action);
  }

  void permitAll() {
    refused.clear();
  }

  /** The same objects, to be reached with the permissions only. */
  BlobStore guard(BlobStore objects) {
    return (BlobStore)
        Proxy.newProxyInstance(
            BlobStore.class.getClassLoader(),
            new Class<?>[] {BlobStore.class},
            (_, called, arguments) -> permitted(objects, called, arguments));
  }

  private @Nullable Object permitted(
      BlobStore objects, Method called, Object @Nullable [] arguments) throws Throwable {
    if (refused.stream().anyMatch(action -> isPartOf(action, called, arguments))) {
      throw denied();
    }
    try {
      return called.invoke(objects, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private static boolean isPartOf(String action, Method called, Object @Nullable [] arguments) {
    if (!CALLS.getOrDefault(action, List.of()).contains(called.getName())) {
      return false;
    }
    boolean ofVersion =
        arguments != null
            && arguments[0] instanceof DeleteObjectRequest asked
            && asked.versionId() != null;
    return switch (action) {
      case REMOVE -> !ofVersion;
      case REMOVE_VERSIONS -> ofVersion;
      default -> true;
    };
  }

  private static S3Exception denied() {
    return (S3Exception)
        S3Exception.builder()
            .statusCode(FORBIDDEN)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("AccessDenied")
                    .errorMessage("Access Denied")
                    .build())
            .build();
  }
}
