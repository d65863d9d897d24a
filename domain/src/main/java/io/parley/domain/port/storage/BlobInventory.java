package io.parley.domain.port.storage;

import io.parley.domain.document.BlobKey;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.Portion;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The maintenance side of a blob store, across tenants: what lies there, whoever it belongs to.
 * What the backend does wrong is a {@link io.parley.domain.port.PortFailure}.
 */
public interface BlobInventory {

  /**
   * Something that lies in the store.
   *
   * @param place where, in the store's own words
   * @param ref whose bytes they are; absent for what Parley did not put there
   * @param storedAt when it was last written
   */
  record StoredBlob(String place, @Nullable VersionRef ref, Instant storedAt) {}

  /** Removes a blob, whoever it belongs to, durably. A missing one is no error. */
  void discard(BlobKey key);

  /**
   * Lists what lies there; files on their way in are not listed.
   *
   * @param from absent for the first portion
   * @param limit at least 1
   */
  Portion<StoredBlob> list(@Nullable String from, int limit);

  /** The {@link StoredBlob#place} of a key, whether something lies there or not. */
  String placeOf(BlobKey key);

  /** Whether there is a blob. */
  boolean holds(BlobKey key);

  /**
   * Opens a blob from its first byte, whoever it belongs to; empty when there is none. Close it.
   */
  Optional<InputStream> read(BlobKey key);

  /**
   * Writes a blob from a stream, whoever it belongs to, in bounded memory. When it returns, the
   * bytes survive a crash; when it throws, nothing can be read under the key that could not be
   * before. An existing blob is replaced whole.
   *
   * @param maxBytes more than that is {@link PutResult.TooLarge}, found after at most a buffer more
   *     than {@code maxBytes}
   */
  PutResult write(BlobKey key, InputStream content, long maxBytes);

  /**
   * Removes a listed blob, durably; false when it is gone or was written anew since it was listed.
   *
   * @throws IllegalArgumentException when it is none of Parley's
   */
  boolean remove(StoredBlob blob);

  /** Removes what a crash has left of files on their way in, and says how many those were. */
  int removeUnfinished();
}
