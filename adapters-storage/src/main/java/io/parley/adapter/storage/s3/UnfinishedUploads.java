package io.parley.adapter.storage.s3;

import io.parley.domain.port.PortFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * Uploads in parts that nobody finishes any more. Those of a server that was killed look like those
 * of one that is at it, so that only age tells: no upload takes a day.
 */
record UnfinishedUploads(Bucket bucket, InstantSource clock) {
  private static final Logger LOG = LoggerFactory.getLogger(UnfinishedUploads.class);
  private static final Duration MAY_BE_UNDER_WAY = Duration.ofDays(1);

  /** Gives them up, and says how many there were. */
  int remove() {
    Instant old = clock.instant().minus(MAY_BE_UNDER_WAY);
    int removed = 0;
    for (MultipartUpload upload : all().uploads()) {
      if (upload.key().startsWith(ObjectKeys.DOCUMENTS) && upload.initiated().isBefore(old)) {
        abort(upload);
        removed++;
      }
    }
    if (removed > 0) {
      LOG.info("Gave up {} uploads that were never finished.", removed);
    }
    return removed;
  }

  /** The first thousand: more come another time. */
  private ListMultipartUploadsResponse all() {
    try {
      return bucket.call(
          S3Action.LIST_UPLOADS,
          () ->
              bucket
                  .client()
                  .listMultipartUploads(
                      list -> list.bucket(bucket.name()).prefix(ObjectKeys.DOCUMENTS)));
    } catch (PortFailure e) {
      if (Bucket.isUnknown(e)) {
        return ListMultipartUploadsResponse.builder().build();
      }
      throw e;
    }
  }

  private void abort(MultipartUpload upload) {
    bucket.find(
        S3Action.ABORT_UPLOADS,
        () ->
            bucket
                .client()
                .abortMultipartUpload(abort ->
                    abort.bucket(bucket.name()).key(upload.key()).uploadId(upload.uploadId())));
  }
}
