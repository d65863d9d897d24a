package io.parley.domain.port.storage;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.UserScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.SourceId;
import io.parley.domain.erasure.Retained;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Where original files lie. Every method with a scope refuses a key outside of it with {@link
 * IllegalStateException}; what the backend does wrong is a {@link
 * io.parley.domain.port.PortFailure}.
 */
public interface BlobStore extends BlobInventory {

  /** {@link #write} within a scope, which needs {@code WRITE}. */
  PutResult put(BotScope scope, BlobKey key, InputStream content, long maxBytes);

  /** {@link #read} within a scope, which needs {@code READ} or {@code WRITE}. */
  Optional<InputStream> open(BotScope scope, BlobKey key);

  /** {@link #discard} within a scope, which needs {@code WRITE}. */
  void delete(BotScope scope, BlobKey key);

  /**
   * How many blobs there are of a source, whatever their version and name, and whether a row knows
   * them or not. Needs {@code WRITE}.
   */
  long count(BotScope scope, SourceId source);

  /** Removes all of them, durably, and says how many there were. Needs {@code WRITE}. */
  long deleteAll(BotScope scope, SourceId source);

  /** How many blobs there are of a user, of whatever source. */
  long count(UserScope owner);

  /** Removes all of them, durably, and says how many there were. */
  long deleteAll(UserScope owner);

  /** What the store may keep of blobs that were removed. */
  Set<Retained> retained();

  /**
   * A link that opens the blob without a credential until it expires. Needs {@code READ}.
   *
   * @param validFor more than zero, at most 7 days
   */
  PreviewLink preview(BotScope scope, BlobKey key, PreviewAs as, Duration validFor);
}
