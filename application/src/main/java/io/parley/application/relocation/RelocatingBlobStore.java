package io.parley.application.relocation;

import io.parley.application.digest.CheckedBytes;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.access.UserScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.SourceId;
import io.parley.domain.erasure.Retained;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Portion;
import io.parley.domain.port.storage.BlobInventory;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.port.storage.PreviewAs;
import io.parley.domain.port.storage.PreviewLink;
import io.parley.domain.port.storage.PutResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A blob store while its blobs come over from where they lay before: everything is written to the
 * one, and read from wherever it lies. What is removed is removed from both.
 */
public final class RelocatingBlobStore implements BlobStore {
  /** Begins the places, and the portions, of what has not come over. */
  private static final String BEFORE = "before:";

  private final BlobStore now;
  private final BlobStore before;

  /**
   * @param now where everything will lie
   * @param before where everything lay; nothing new is written there
   */
  public RelocatingBlobStore(BlobStore now, BlobStore before) {
    this.now = now;
    this.before = before;
  }

  @Override
  public PutResult put(BotScope scope, BlobKey key, InputStream content, long maxBytes) {
    PutResult result = now.put(scope, key, content, maxBytes);
    if (result instanceof PutResult.Stored) {
      before.delete(scope, key);
    }
    return result;
  }

  @Override
  public PutResult write(BlobKey key, InputStream content, long maxBytes) {
    return now.write(key, content, maxBytes);
  }

  @Override
  public Optional<InputStream> open(BotScope scope, BlobKey key) {
    return now.open(scope, key)
        .or(() -> before.open(scope, key))
        .or(() -> now.open(scope, key)); // it came over just now
  }

  @Override
  public Optional<InputStream> read(BlobKey key) {
    return now.read(key).or(() -> before.read(key)).or(() -> now.read(key));
  }

  /**
   * From where it lay first: nothing comes over from there any more when the other is looked at.
   */
  @Override
  public void delete(BotScope scope, BlobKey key) {
    before.delete(scope, key);
    now.delete(scope, key);
  }

  @Override
  public void discard(BlobKey key) {
    before.discard(key);
    now.discard(key);
  }

  /** What lies in both places counts twice. */
  @Override
  public long count(BotScope scope, SourceId source) {
    return before.count(scope, source) + now.count(scope, source);
  }

  @Override
  public long deleteAll(BotScope scope, SourceId source) {
    return before.deleteAll(scope, source) + now.deleteAll(scope, source);
  }

  @Override
  public long count(UserScope owner) {
    return before.count(owner) + now.count(owner);
  }

  @Override
  public long deleteAll(UserScope owner) {
    return before.deleteAll(owner) + now.deleteAll(owner);
  }

  @Override
  public Set<Retained> retained() {
    Set<Retained> both = new HashSet<>(before.retained());
    both.addAll(now.retained());
    return Set.copyOf(both);
  }

  /**
   * From where it lies. A link to where it lay ends with the move; whoever asks again gets another.
   */
  @Override
  public PreviewLink preview(BotScope scope, BlobKey key, PreviewAs as, Duration validFor) {
    key.requireWithin(scope);
    scope.require(Permission.READ);
    return (now.holds(key) ? now : before).preview(scope, key, as, validFor);
  }

  /**
   * Copies a blob to where it will lie, over what a crash may have left there; it still lies where
   * it lay.
   *
   * @return whether there was one
   * @throws PortFailure {@code CORRUPT_DATA} when other bytes were written than were read
   */
  boolean bring(BlobKey key) {
    Optional<InputStream> found = before.read(key);
    if (found.isEmpty()) {
      return false;
    }
    try (CheckedBytes content = new CheckedBytes(found.get(), Long.MAX_VALUE)) {
      PutResult written = now.write(key, content, Long.MAX_VALUE);
      if (!(written instanceof PutResult.Stored(long size, String sha256))
          || !content.are(size, sha256)) {
        throw new PortFailure(
            PortFailure.Kind.CORRUPT_DATA,
            "blob store",
            "A file came over with other bytes than were read.",
            null);
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes the copy of what is not to come over after all. */
  void takeBack(BlobKey key) {
    now.discard(key);
  }

  BlobInventory before() {
    return before;
  }

  /** First what will stay, then what has yet to come over. */
  @Override
  public Portion<StoredBlob> list(@Nullable String from, int limit) {
    if (from != null && from.startsWith(BEFORE)) {
      return listBefore(from.substring(BEFORE.length()), limit);
    }
    Portion<StoredBlob> here = now.list(from, limit);
    int room = limit - here.items().size();
    if (here.next() != null) {
      return here;
    }
    Portion<StoredBlob> there = room == 0 ? new Portion<>(List.of(), BEFORE) : listBefore("", room);
    return new Portion<>(
        Stream.concat(here.items().stream(), there.items().stream()).toList(), there.next());
  }

  private Portion<StoredBlob> listBefore(String from, int limit) {
    Portion<StoredBlob> there = before.list(from.isEmpty() ? null : from, limit);
    return new Portion<>(
        there.items().stream()
            .map(blob -> new StoredBlob(BEFORE + blob.place(), blob.ref(), blob.storedAt()))
            .toList(),
        there.next() == null ? null : BEFORE + there.next());
  }

  /** Where it lies; where it will lie when it is in neither place. */
  @Override
  public String placeOf(BlobKey key) {
    return !now.holds(key) && before.holds(key) ? BEFORE + before.placeOf(key) : now.placeOf(key);
  }

  @Override
  public boolean holds(BlobKey key) {
    return now.holds(key) || before.holds(key) || now.holds(key);
  }

  @Override
  public boolean remove(StoredBlob blob) {
    return blob.place().startsWith(BEFORE)
        ? before.remove(
            new StoredBlob(blob.place().substring(BEFORE.length()), blob.ref(), blob.storedAt()))
        : now.remove(blob);
  }

  @Override
  public int removeUnfinished() {
    return now.removeUnfinished() + before.removeUnfinished();
  }
}
