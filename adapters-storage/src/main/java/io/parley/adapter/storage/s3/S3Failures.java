package io.parley.adapter.storage.s3;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The one place where what the vendor's client throws becomes a {@link PortFailure}. */
final class S3Failures {
  private static final String BACKEND = "S3";
  private static final Set<String> CREDENTIALS =
      Set.of(
          "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "ExpiredToken",
          "InvalidToken",
          "InvalidClientTokenId",
          "TokenRefreshRequired");
  private static final Set<String> THROTTLED =
      Set.of(
          "SlowDown",
          "Throttling",
          "ThrottlingException",
          "TooManyRequests",
          "RequestLimitExceeded");
  private static final Set<String> FULL =
      Set.of("InsufficientStorage", "QuotaExceeded", "XMinioStorageFull");
  private static final Set<String> DAMAGED =
      Set.of(
          "BadDigest", "InvalidDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch");
  private static final Set<String> ELSEWHERE =
      Set.of(
          "PermanentRedirect",
          "TemporaryRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException");

  private final S3BlobConfig config;

  S3Failures(S3BlobConfig config) {
    this.config = config;
  }

  PortFailure of(S3Action doing, SdkException e) {
    if (e instanceof S3Exception answered) {
      return answered(doing, answered);
    }
    if (e instanceof ApiCallTimeoutException
        || e instanceof ApiCallAttemptTimeoutException
        || caused(e, SocketTimeoutException.class)) {
      return failure(Kind.TIMEOUT, server() + " did not answer in time.", e);
    }
    if (e instanceof AbortedException) {
      return failure(Kind.UNAVAILABLE, "A call to S3 was given up, because Parley stops.", e);
    }
    if (caused(e, XMLStreamException.class) || says(e, "parse")) {
      return failure(
          Kind.CORRUPT_DATA,
          server() + " answered with what is not S3's. Check AWS_ENDPOINT_URL_S3.",
          e);
    }
    if (says(e, "checksum")) {
      return damaged(e);
    }
    return says(e, "credentials") ? noCredentials(e) : unreachable(e);
  }

  /** A stream of an object's bytes that broke. */
  PortFailure reading(IOException e) {
    return caused(e, SocketTimeoutException.class)
        ? failure(Kind.TIMEOUT, server() + " stopped sending a file.", e)
        : failure(Kind.UNAVAILABLE, server() + " broke off in the middle of a file.", e);
  }

  /** A stream of an object's bytes that takes for ever. */
  PortFailure tooSlow() {
    return failure(Kind.TIMEOUT, server() + " takes too long to send a file.", null);
  }

  /** A bucket without files for a database with documents. */
  PortFailure empty(long documents) {
    return failure(
        Kind.INVALID_CONFIGURATION,
        "The bucket "
            + config.bucket()
            + " (S3_BUCKET_NAME) holds no files, while the database knows "
            + documents
            + " documents. Name the bucket that holds their files, or restore them there; if they lie in"
            + " a directory, set PARLEY_BLOB_STORE=filesystem.",
        null);
  }

  /** A bucket that another database, or another server on this database, uses. */
  PortFailure another() {
    return failure(
        Kind.INVALID_CONFIGURATION,
        "The bucket "
            + config.bucket()
            + " (S3_BUCKET_NAME) is not the place that the database's files were kept in. All"
            + " servers on one database need one bucket, and each database a bucket of its own; to"
            + " move the files, bring along the object "
            + BucketMark.KEY
            + ".",
        null);
  }

  private PortFailure answered(S3Action doing, S3Exception e) {
    String code = code(e);
    if (CREDENTIALS.contains(code)) {
      return failure(
          Kind.CREDENTIALS_REJECTED,
          server()
              + " does not accept the access key. Check AWS_ACCESS_KEY_ID and"
              + " AWS_SECRET_ACCESS_KEY.",
          e);
    }
    if (THROTTLED.contains(code) || e.statusCode() == 429) {
      return new PortFailure(
          Kind.RATE_LIMITED, BACKEND, server() + " asks to slow down.", e, retryAfter(e));
    }
    if (FULL.contains(code) || e.statusCode() == 507) {
      return failure(Kind.STORAGE_FULL, server() + " has no space left for the bucket.", e);
    }
    if (DAMAGED.contains(code)) {
      return damaged(e);
    }
    if (e.statusCode() >= 500 && e.statusCode() != 501) {
      return failure(Kind.UNAVAILABLE, server() + " has a failure of its own (" + code + ").", e);
    }
    return ELSEWHERE.contains(code) || e.statusCode() == 301 ? elsewhere(e) : setUp(doing, code, e);
  }

  /** What somebody must change before it can work. */
  private PortFailure setUp(S3Action doing, String code, S3Exception e) {
    return switch (code) {
      case "NoSuchUpload" ->
          failure(Kind.UNAVAILABLE, "S3 has given up an upload that was under way.", e);
      case "RequestTimeout" -> failure(Kind.TIMEOUT, server() + " waited too long for bytes.", e);
      case "NoSuchBucket" ->
          invalid(
              "There is no bucket " + config.bucket() + ". Create it, or set S3_BUCKET_NAME.", e);
      case "InvalidBucketName" ->
          invalid(config.bucket() + " is no name of a bucket. Set S3_BUCKET_NAME.", e);
      case "RequestTimeTooSkewed" ->
          invalid("The clock of this machine and that of S3 differ too much. Set the clock.", e);
      case "AccessDenied", "AllAccessDisabled", "UnauthorizedAccess", "403" ->
          invalid(
              "The access key may not "
                  + doing.words()
                  + " the bucket "
                  + config.bucket()
                  + " ("
                  + doing.permission()
                  + "). Give it the permissions that docs/setup/s3.md lists.",
              e);
      default -> isEncryption(code, e) ? encryption(e) : refused(doing, code, e);
    };
  }

  private static boolean isEncryption(String code, S3Exception e) {
    return code.startsWith("KMS.") || code.equals("NotImplemented") || says(e, "encryption");
  }

  private PortFailure encryption(S3Exception e) {
    return invalid(
        server()
            + " refuses what PARLEY_S3_ENCRYPTION asks for ("
            + config.encryption().name().toLowerCase(Locale.ROOT)
            + "). With KMS, check the key; for a server that knows no encryption, set it to none.",
        e);
  }

  private PortFailure refused(S3Action doing, String code, S3Exception e) {
    return invalid(
        server()
            + " refused to let Parley "
            + doing.words()
            + " the bucket "
            + config.bucket()
            + " ("
            + code
            + "). Check S3_BUCKET_NAME, AWS_REGION and AWS_ENDPOINT_URL_S3.",
        e);
  }

  private PortFailure elsewhere(S3Exception e) {
    String region =
        Optional.ofNullable(e.awsErrorDetails())
            .flatMap(d -> d.sdkHttpResponse().firstMatchingHeader("x-amz-bucket-region"))
            .map(where -> "in " + where)
            .orElse("elsewhere");
    return invalid(
        "The bucket "
            + config.bucket()
            + " does not lie in "
            + config.region()
            + " but "
            + region
            + ". Set AWS_REGION to where it lies.",
        e);
  }

  private PortFailure unreachable(SdkException e) {
    if (caused(e, UnknownHostException.class)) {
      return failure(
          Kind.UNAVAILABLE,
          server() + " has no address. Check AWS_ENDPOINT_URL_S3 and AWS_REGION.",
          e);
    }
    if (caused(e, SSLException.class)) {
      return failure(
          Kind.UNAVAILABLE,
          server() + " could not prove who it is (TLS). Check AWS_ENDPOINT_URL_S3.",
          e);
    }
    return failure(Kind.UNAVAILABLE, server() + " cannot be reached.", e);
  }

  private static PortFailure noCredentials(SdkException e) {
    return failure(
        Kind.CREDENTIALS_REJECTED,
        "There is no access key for S3. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give"
            + " this machine a role.",
        e);
  }

  private static PortFailure damaged(SdkException e) {
    return failure(
        Kind.CORRUPT_DATA, "A file was damaged on its way: its checksum does not match.", e);
  }

  private static PortFailure invalid(String sentence, SdkException e) {
    return failure(Kind.INVALID_CONFIGURATION, sentence, e);
  }

  private static PortFailure failure(Kind kind, String sentence, @Nullable Throwable cause) {
    return new PortFailure(kind, BACKEND, sentence, cause);
  }

  /** Without what an address may hold beside its host. */
  private String server() {
    URI endpoint = config.endpoint();
    if (endpoint == null) {
      return "S3";
    }
    return "S3 at " + endpoint.getHost() + (endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort());
  }

  /** An answer without a body, as to HEAD, has no code but its status. */
  static String code(S3Exception e) {
    return Optional.ofNullable(e.awsErrorDetails())
        .map(details -> details.errorCode())
        .orElse(Integer.toString(e.statusCode()));
  }

  private static @Nullable Duration retryAfter(S3Exception e) {
    return Optional.ofNullable(e.awsErrorDetails())
        .flatMap(details -> details.sdkHttpResponse().firstMatchingHeader("Retry-After"))
        .filter(seconds -> seconds.matches("[0-9]{1,5}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
        .orElse(null);
  }

  private static boolean says(SdkException e, String word) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains(word);
  }

  private static boolean caused(Throwable e, Class<? extends Throwable> by) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (by.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
