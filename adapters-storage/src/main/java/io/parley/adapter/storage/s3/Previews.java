package io.parley.adapter.storage.s3;

import io.parley.domain.document.ContentType;
import io.parley.domain.port.storage.PreviewAs;
import io.parley.domain.port.storage.PreviewLink;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.PresignedGetObjectRequest;

/**
 * Makes links that S3 itself answers, for a while, to whoever has them. How the file presents
 * itself is signed with them.
 */
record Previews(String bucket, S3Presigner presigner, S3Failures failures) {
  private static final Duration LONGEST = Duration.ofDays(7);

  PreviewLink link(String key, PreviewAs as, Duration validFor) {
    if (!validFor.isPositive() || validFor.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("A preview link is valid for at most 7 days.");
    }
    try {
      PresignedGetObjectRequest signed =
          presigner.presignGetObject(sign ->
              sign.signatureDuration(wholeSeconds(validFor))
                  .getObjectRequest(get ->
                      get.bucket(bucket)
                          .key(key)
                          .responseContentType(mediaType(as.contentType()))
                          .responseContentDisposition(disposition(as))
                          .responseCacheControl("private, no-store")));
      return new PreviewLink(URI.create(signed.url().toString()), signed.expiration());
    } catch (SdkException e) {
      throw failures.of(S3Action.READ, e);
    }
  }

  /** S3 counts in seconds, and knows no link for less than one. */
  private static Duration wholeSeconds(Duration validFor) {
    return Duration.ofSeconds(Math.max(1, validFor.toSeconds()));
  }

  private static String mediaType(ContentType type) {
    return type == ContentType.TEXT ? "text/plain; charset=utf-8" : type.mediaType();
  }

  private static String disposition(PreviewAs as) {
    String name =
        URLEncoder.encode(as.name().value(), StandardCharsets.UTF_8)
            .replace("+", "%20")
            .replace("*", "%2A");
    return (as.inline() ? "inline" : "attachment") + "; filename*=UTF-8''" + name;
  }
}
