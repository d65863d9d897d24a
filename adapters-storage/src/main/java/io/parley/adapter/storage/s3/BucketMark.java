package io.parley.adapter.storage.s3;

import io.parley.adapter.storage.identity.StoreIdentity;
import io.parley.domain.port.PortFailure;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The name of a bucket, in an object of its own. Where the server can put only what is not there
 * yet, the first of several servers that start together names the bucket.
 */
record BucketMark(Bucket bucket, StoredObjects objects, AtRest atRest)
    implements StoreIdentity.Mark {
  static final String KEY = StoreIdentity.NAME;

  private static final int MOST_BYTES = 64;

  @Override
  public String read() {
    return bucket
        .find(
            S3Action.READ,
            () ->
                bucket
                    .client()
                    .getObjectAsBytes(get ->
                        get.bucket(bucket.name()).key(KEY).range("bytes=0-" + (MOST_BYTES - 1))))
        .map(bytes -> new String(bytes.asByteArray(), StandardCharsets.US_ASCII).strip())
        .orElse("");
  }

  @Override
  public String claim(String name) {
    String there = read();
    if (StoreIdentity.isWhole(there)) {
      return there; // of a server that started at the same time
    }
    try {
      put(name, there.isEmpty() ? "*" : null);
    } catch (PortFailure e) {
      if (Bucket.isUnknown(e)) {
        put(name, null);
      } else if (!isTaken(e)) {
        throw e;
      }
    }
    return read();
  }

  private static boolean isTaken(PortFailure failure) {
    return failure.getCause() instanceof S3Exception e
        && (e.statusCode() == 412 || e.statusCode() == 409);
  }

  @Override
  public void write(String name) {
    put(name, null);
  }

  private void put(String name, @Nullable String ifNoneMatch) {
    bucket.call(
        S3Action.WRITE,
        () ->
            bucket
                .client()
                .putObject(
                    put ->
                        put.bucket(bucket.name())
                            .key(KEY)
                            .serverSideEncryption(atRest.by())
                            .ssekmsKeyId(atRest.kmsKey())
                            .ifNoneMatch(ifNoneMatch),
                    RequestBody.fromString(name)));
  }

  @Override
  public void remove() {
    bucket.call(
        S3Action.REMOVE,
        () -> bucket.client().deleteObject(delete -> delete.bucket(bucket.name()).key(KEY)));
  }

  @Override
  public boolean isEmptyPlace() {
    return objects.isEmpty(ObjectKeys.DOCUMENTS);
  }

  @Override
  public PortFailure empty(long documents) {
    return bucket.failures().empty(documents);
  }

  @Override
  public PortFailure another() {
    return bucket.failures().another();
  }
}
