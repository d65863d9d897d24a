package io.parley.adapter.storage.s3;

import io.parley.domain.port.PortFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;

/**
 * What a bucket with versions keeps behind what it shows. Parley removes all of it where it may;
 * where it may not, it says so.
 */
final class Versions {
  private static final Duration ASKED_AGAIN_AFTER = Duration.ofMinutes(5);

  private final Bucket bucket;
  private final InstantSource clock;
  private volatile boolean denied;
  private volatile @Nullable Known known;

  /** Whether the bucket keeps versions. */
  private enum Keeping {
    NO,
    YES,
    UNKNOWN
  }

  private record Known(Keeping keeping, Instant at) {}

  /**
   * One version, or the marker that a removal has left.
   *
   * @param marker whether it has no bytes
   */
  record Version(String key, @Nullable String id, boolean marker) {}

  Versions(Bucket bucket, InstantSource clock) {
    this.bucket = bucket;
    this.clock = clock;
  }

  /** Whether versions of what was removed may stay for good. */
  boolean mayStay() {
    return switch (keeping()) {
      case NO -> false;
      case YES -> denied;
      case UNKNOWN -> true;
    };
  }

  /** Whether there are versions, and as far as is known they can be removed. */
  boolean areRemovable() {
    return areKept() && !denied;
  }

  boolean areKept() {
    return keeping() == Keeping.YES;
  }

  /** Shows all versions and markers below a prefix. */
  void below(String prefix, Consumer<Version> visitor) {
    ListObjectVersionsResponse some = list(prefix, null, null);
    while (true) {
      some.versions().forEach(v -> visitor.accept(new Version(v.key(), v.versionId(), false)));
      some.deleteMarkers().forEach(m -> visitor.accept(new Version(m.key(), m.versionId(), true)));
      if (!Boolean.TRUE.equals(some.isTruncated()) || some.nextKeyMarker() == null) {
        return;
      }
      some = list(prefix, some.nextKeyMarker(), some.nextVersionIdMarker());
    }
  }

  /**
   * Removes those below a prefix whose key is wanted, as far as that is permitted. What was not
   * permitted once is taken to be permitted again when some were removed and none refused.
   */
  void remove(String prefix, Predicate<String> wanted) {
    AtomicBoolean refused = new AtomicBoolean();
    AtomicBoolean removed = new AtomicBoolean();
    boolean listed =
        orDenied(() ->
            below(
                prefix,
                version -> {
                  if (wanted.test(version.key())) {
                    (orDenied(() -> remove(version)) ? removed : refused).set(true);
                  }
                }));
    if (listed && removed.get() && !refused.get()) {
      denied = false;
    }
  }

  /** Notes when something is not permitted, and goes on; false when it was not. */
  boolean orDenied(Runnable work) {
    try {
      work.run();
      return true;
    } catch (PortFailure e) {
      if (!Bucket.isDenied(e)) {
        throw e;
      }
      denied = true;
      return false;
    }
  }

  private void remove(Version version) {
    bucket.call(
        S3Action.REMOVE_VERSIONS,
        () ->
            bucket
                .client()
                .deleteObject(delete ->
                    delete.bucket(bucket.name()).key(version.key()).versionId(version.id())));
  }

  private ListObjectVersionsResponse list(
      String prefix, @Nullable String key, @Nullable String version) {
    return bucket.call(
        S3Action.LIST_VERSIONS,
        () ->
            bucket
                .client()
                .listObjectVersions(list ->
                    list.bucket(bucket.name())
                        .prefix(prefix)
                        .keyMarker(key)
                        .versionIdMarker(version)));
  }

  private Keeping keeping() {
    Known last = known;
    Instant now = clock.instant();
    if (last == null || last.at().plus(ASKED_AGAIN_AFTER).isBefore(now)) {
      last = new Known(ask(), now);
      known = last;
    }
    return last.keeping();
  }

  /** Versions that were made before they were suspended are still there. */
  private Keeping ask() {
    try {
      BucketVersioningStatus status =
          bucket
              .call(
                  S3Action.ASK_VERSIONING,
                  () -> bucket.client().getBucketVersioning(ask -> ask.bucket(bucket.name())))
              .status();
      return status == null ? Keeping.NO : Keeping.YES;
    } catch (PortFailure e) {
      if (Bucket.isDenied(e)) {
        return Keeping.UNKNOWN;
      }
      if (Bucket.isUnknown(e)) {
        return Keeping.NO;
      }
      throw e;
    }
  }
}
