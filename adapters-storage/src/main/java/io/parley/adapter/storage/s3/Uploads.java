package io.parley.adapter.storage.s3;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.storage.PutResult;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Puts objects. What fits into one part goes with one call, and the rest part by part: nothing can
 * be read under the key before S3 has put all of them together.
 */
final class Uploads {
  private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
  private static final String MARK = "parley-upload";
  private static final long MOST_PARTS = 10_000;

  private final Bucket bucket;
  private final AtRest atRest;

  Uploads(Bucket bucket, AtRest atRest) {
    this.bucket = bucket;
    this.atRest = atRest;
  }

  PutResult put(String key, InputStream content, long maxBytes) {
    long most = Math.min(maxBytes, Part.SIZE * MOST_PARTS);
    Incoming incoming = new Incoming(content, most);
    Part part = new Part();
    incoming.fill(part);
    if (incoming.isTooLarge()) {
      return new PutResult.TooLarge(most);
    }
    Upload upload = new Upload(key, UUID.randomUUID().toString());
    if (incoming.isAtItsEnd()) {
      upload.whole(part);
      return incoming.stored();
    }
    return upload.inParts(incoming, part) ? incoming.stored() : new PutResult.TooLarge(most);
  }

  /** One object on its way. Its mark tells, when an answer was lost, whether it arrived. */
  private final class Upload {
    private final String key;
    private final String mark;

    Upload(String key, String mark) {
      this.key = key;
      this.mark = mark;
    }

    void whole(Part part) {
      orArrived(() ->
          bucket
              .client()
              .putObject(
                  put ->
                      put.bucket(bucket.name())
                          .key(key)
                          .metadata(Map.of(MARK, mark))
                          .serverSideEncryption(atRest.by())
                          .ssekmsKeyId(atRest.kmsKey())
                          .checksumSHA256(part.checksum()),
                  part.body()));
    }

    /** False, with nothing left behind, when it is too large. */
    boolean inParts(Incoming incoming, Part part) {
      String id = begin();
      boolean complete = false;
      try {
        List<CompletedPart> sent = new ArrayList<>();
        while (part.size() > 0 && !incoming.isTooLarge()) {
          sent.add(send(id, sent.size() + 1, part));
          part.clear();
          incoming.fill(part);
        }
        if (!incoming.isTooLarge()) {
          complete(id, sent);
          complete = true;
        }
        return complete;
      } finally {
        if (!complete) {
          abort(id);
        }
      }
    }

    private String begin() {
      return bucket
          .call(
              S3Action.WRITE,
              () ->
                  bucket
                      .client()
                      .createMultipartUpload(begin ->
                          begin
                              .bucket(bucket.name())
                              .key(key)
                              .metadata(Map.of(MARK, mark))
                              .serverSideEncryption(atRest.by())
                              .ssekmsKeyId(atRest.kmsKey())
                              .checksumAlgorithm(ChecksumAlgorithm.SHA256)))
          .uploadId();
    }

    private CompletedPart send(String id, int number, Part part) {
      String checksum = part.checksum();
      String tag =
          bucket
              .call(
                  S3Action.WRITE,
                  () ->
                      bucket
                          .client()
                          .uploadPart(
                              send ->
                                  send.bucket(bucket.name())
                                      .key(key)
                                      .uploadId(id)
                                      .partNumber(number)
                                      .checksumSHA256(checksum),
                              part.body()))
              .eTag();
      return CompletedPart.builder().partNumber(number).eTag(tag).checksumSHA256(checksum).build();
    }

    private void complete(String id, List<CompletedPart> sent) {
      orArrived(() ->
          bucket
              .client()
              .completeMultipartUpload(complete ->
                  complete
                      .bucket(bucket.name())
                      .key(key)
                      .uploadId(id)
                      .multipartUpload(parts -> parts.parts(sent))));
    }

    private void orArrived(Runnable last) {
      try {
        bucket.call(
            S3Action.WRITE,
            () -> {
              last.run();
              return key;
            });
      } catch (PortFailure failure) {
        if (!failure.retryable() || !arrived()) {
          throw failure;
        }
      }
    }

    private boolean arrived() {
      try {
        return bucket
            .find(
                S3Action.READ,
                () -> bucket.client().headObject(head -> head.bucket(bucket.name()).key(key)))
            .filter(there -> mark.equals(there.metadata().get(MARK)))
            .isPresent();
      } catch (PortFailure e) {
        return false;
      }
    }

    /** What cannot be given up now is found by {@link UnfinishedUploads} later. */
    private void abort(String id) {
      try {
        bucket.find(
            S3Action.ABORT_UPLOADS,
            () ->
                bucket
                    .client()
                    .abortMultipartUpload(
                        abort -> abort.bucket(bucket.name()).key(key).uploadId(id)));
      } catch (PortFailure e) {
        LOG.warn("An unfinished upload is left over in the bucket: {}", e.sentence());
      }
    }
  }
}
