package io.parley.adapter.storage.s3;

import java.util.HashSet;
import java.util.Set;

/** Removes objects, with every version of them where the bucket keeps some, and counts. */
record Removal(Bucket bucket, StoredObjects objects, Versions versions) {

  /** A missing one is no error. */
  void remove(String key) {
    hide(key);
    if (versions.areKept()) {
      versions.remove(key, key::equals);
    }
  }

  /** Objects below a prefix; also those of which only old versions are there and can be removed. */
  long count(String prefix) {
    Set<String> keys = new HashSet<>();
    if (versions.areRemovable()) {
      versions.orDenied(() ->
          versions.below(
              prefix,
              version -> {
                if (!version.marker()) {
                  keys.add(version.key());
                }
              }));
    }
    objects.below(prefix, there -> keys.add(there.key()));
    return keys.size();
  }

  /** Says how many there were. */
  long removeAll(String prefix) {
    long there = count(prefix);
    objects.below(prefix, object -> hide(object.key()));
    if (versions.areKept()) {
      versions.remove(prefix, _ -> true);
    }
    return there;
  }

  /** Where versions are kept, this leaves a marker in front of them. */
  private void hide(String key) {
    bucket.call(
        S3Action.REMOVE,
        () -> bucket.client().deleteObject(delete -> delete.bucket(bucket.name()).key(key)));
  }
}
