package io.parley.testkit.storage;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.access.UserScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.SourceId;
import io.parley.domain.erasure.Retained;
import io.parley.domain.port.Portion;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.port.storage.PreviewAs;
import io.parley.domain.port.storage.PreviewLink;
import io.parley.domain.port.storage.PutResult;
import io.parley.domain.port.storage.SignedBlobs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Blobs on the heap, for tests. Its links are random names that it remembers. */
public final class InMemoryBlobStore implements BlobStore, SignedBlobs {
  private static final int BUFFER = 8192;
  private static final Duration LONGEST_PREVIEW = Duration.ofDays(7);

  private final Map<BlobKey, Kept> blobs = new ConcurrentHashMap<>();
  private final Map<String, Link> links = new ConcurrentHashMap<>();
  private final InstantSource clock;

  @SuppressWarnings("ArrayRecordComponent") // compared by identity, which is what is wanted
  private record Kept(byte[] bytes, Instant at) {}

  private record Link(BlobKey key, PreviewAs as, Instant expiresAt) {}

  /** A store whose links expire by the clock of the machine. */
  public InMemoryBlobStore() {
    this(InstantSource.system());
  }

  public InMemoryBlobStore(InstantSource clock) {
    this.clock = clock;
  }

  /** How many blobs there are, of all owners. */
  public int size() {
    return blobs.size();
  }

  @Override
  public PutResult put(BotScope scope, BlobKey key, InputStream content, long maxBytes) {
    check(scope, key, Permission.WRITE);
    return write(key, content, maxBytes);
  }

  @Override
  public PutResult write(BlobKey key, InputStream content, long maxBytes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER];
    for (int read = next(content, buffer); read >= 0; read = next(content, buffer)) {
      bytes.write(buffer, 0, read);
      if (bytes.size() > maxBytes) {
        return new PutResult.TooLarge(maxBytes);
      }
    }
    byte[] whole = bytes.toByteArray();
    blobs.put(key, new Kept(whole, clock.instant()));
    return new PutResult.Stored(whole.length, BlobFixture.sha256(new ByteArrayInputStream(whole)));
  }

  @Override
  public Optional<InputStream> open(BotScope scope, BlobKey key) {
    key.requireWithin(scope);
    if (!scope.allows(Permission.WRITE)) {
      scope.require(Permission.READ);
    }
    return read(key);
  }

  @Override
  public Optional<InputStream> read(BlobKey key) {
    return Optional.ofNullable(blobs.get(key)).map(kept -> new ByteArrayInputStream(kept.bytes()));
  }

  @Override
  public void delete(BotScope scope, BlobKey key) {
    check(scope, key, Permission.WRITE);
    discard(key);
  }

  @Override
  public void discard(BlobKey key) {
    blobs.remove(key);
  }

  @Override
  public Portion<StoredBlob> list(@Nullable String from, int limit) {
    List<StoredBlob> some =
        blobs.entrySet().stream()
            .map(blob -> stored(blob.getKey(), blob.getValue()))
            .sorted(Comparator.comparing(StoredBlob::place))
            .filter(blob -> from == null || blob.place().compareTo(from) > 0)
            .limit(limit)
            .toList();
    return new Portion<>(some, some.size() < limit ? null : some.getLast().place());
  }

  private static StoredBlob stored(BlobKey key, Kept kept) {
    return new StoredBlob(key.path(), key.ref(), kept.at());
  }

  @Override
  public String placeOf(BlobKey key) {
    return key.path();
  }

  @Override
  public boolean holds(BlobKey key) {
    return blobs.containsKey(key);
  }

  @Override
  public boolean remove(StoredBlob blob) {
    if (blob.ref() == null) {
      throw new IllegalArgumentException("None of Parley's: " + blob.place());
    }
    return blobs.entrySet().stream()
        .filter(there -> stored(there.getKey(), there.getValue()).equals(blob))
        .anyMatch(there -> blobs.remove(there.getKey(), there.getValue()));
  }

  /** Nothing is left of what did not arrive. */
  @Override
  public int removeUnfinished() {
    return 0;
  }

  @Override
  public long count(BotScope scope, SourceId source) {
    scope.require(Permission.WRITE);
    return blobs.keySet().stream().filter(key -> isOf(key, scope, source)).count();
  }

  @Override
  public long deleteAll(BotScope scope, SourceId source) {
    long there = count(scope, source);
    blobs.keySet().removeIf(key -> isOf(key, scope, source));
    return there;
  }

  private static boolean isOf(BlobKey key, BotScope scope, SourceId source) {
    return key.owner().equals(scope.owner()) && key.ref().source().equals(source);
  }

  @Override
  public long count(UserScope owner) {
    return blobs.keySet().stream().filter(key -> key.owner().equals(owner.user())).count();
  }

  @Override
  public long deleteAll(UserScope owner) {
    long there = count(owner);
    blobs.keySet().removeIf(key -> key.owner().equals(owner.user()));
    return there;
  }

  @Override
  public Set<Retained> retained() {
    return Set.of();
  }

  @Override
  public PreviewLink preview(BotScope scope, BlobKey key, PreviewAs as, Duration validFor) {
    check(scope, key, Permission.READ);
    if (!validFor.isPositive() || validFor.compareTo(LONGEST_PREVIEW) > 0) {
      throw new IllegalArgumentException("A preview link is valid for at most 7 days.");
    }
    String token = UUID.randomUUID().toString();
    Instant expiresAt = clock.instant().plus(validFor);
    links.put(token, new Link(key, as, expiresAt));
    return new PreviewLink(URI.create("/previews/" + token), expiresAt);
  }

  @Override
  public Optional<SignedBlob> open(String token) {
    return Optional.ofNullable(links.get(token))
        .filter(link -> clock.instant().isBefore(link.expiresAt()))
        .flatMap(this::signed);
  }

  private Optional<SignedBlob> signed(Link link) {
    return Optional.ofNullable(blobs.get(link.key()))
        .map(kept ->
            new SignedBlob(
                link.key(),
                new ByteArrayInputStream(kept.bytes()),
                kept.bytes().length,
                kept.at(),
                link.as()));
  }

  private static void check(BotScope scope, BlobKey key, Permission permission) {
    key.requireWithin(scope);
    scope.require(permission);
  }

  private static int next(InputStream content, byte[] buffer) {
    try {
      return content.read(buffer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
