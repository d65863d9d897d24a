package io.parley.adapter.storage.s3;

import java.time.Duration;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What lies in the bucket now, in the order of keys. */
record StoredObjects(Bucket bucket) {
  private static final int AT_ONCE = 1_000;
  private static final Duration A_LOOK = Duration.ofSeconds(8);

  /**
   * @param from the key after which to begin
   */
  ListObjectsV2Response after(String prefix, @Nullable String from, int limit) {
    return bucket.call(
        S3Action.LIST,
        () ->
            bucket
                .client()
                .listObjectsV2(list ->
                    list.bucket(bucket.name())
                        .prefix(prefix)
                        .startAfter(from)
                        .maxKeys(Math.min(limit, AT_ONCE))));
  }

  /** Shows all below a prefix, read portion by portion. */
  void below(String prefix, Consumer<S3Object> visitor) {
    ListObjectsV2Response some = after(prefix, null, AT_ONCE);
    some.contents().forEach(visitor);
    while (Boolean.TRUE.equals(some.isTruncated()) && !some.contents().isEmpty()) {
      some = after(prefix, some.contents().getLast().key(), AT_ONCE);
      some.contents().forEach(visitor);
    }
  }

  /** As it is listed; absent when it is gone. */
  @Nullable S3Object at(String key) {
    Iterator<S3Object> first = after(key, null, 1).contents().iterator();
    S3Object found = first.hasNext() ? first.next() : null;
    return found != null && found.key().equals(key) ? found : null;
  }

  boolean isEmpty(String prefix) {
    return after(prefix, null, 1).contents().isEmpty();
  }

  /** Fails when the bucket cannot be looked into, after a few seconds at most. */
  void look() {
    bucket.call(
        S3Action.LIST,
        () ->
            bucket
                .client()
                .listObjectsV2(list ->
                    list.bucket(bucket.name())
                        .prefix(ObjectKeys.DOCUMENTS)
                        .maxKeys(1)
                        .overrideConfiguration(limit -> limit.apiCallTimeout(A_LOOK))));
  }
}
