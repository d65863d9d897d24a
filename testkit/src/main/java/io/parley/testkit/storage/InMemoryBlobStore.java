package io.parley.testkit.storage;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.BlobKey;
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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Blobs on the heap, for tests. Its links are random names that it remembers. */
public final class InMemoryBlobStore implements BlobStore, SignedBlobs {
  private static final int BUFFER = 8192;
  private static final Duration LONGEST_PREVIEW = Duration.ofDays(7);

  private final Map<BlobKey, byte[]> blobs = new ConcurrentHashMap<>();
  private final Map<BlobKey, Instant> stored = new ConcurrentHashMap<>();
  private final Map<String, Link> links = new ConcurrentHashMap<>();
  private final InstantSource clock;

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
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER];
    for (int read = next(content, buffer); read >= 0; read = next(content, buffer)) {
      bytes.write(buffer, 0, read);
      if (bytes.size() > maxBytes) {
        return new PutResult.TooLarge(maxBytes);
      }
    }
    byte[] whole = bytes.toByteArray();
    stored.put(key, clock.instant());
    blobs.put(key, whole);
    return new PutResult.Stored(whole.length, BlobFixture.sha256(new ByteArrayInputStream(whole)));
  }

  @Override
  public Optional<InputStream> open(BotScope scope, BlobKey key) {
    key.requireWithin(scope);
    if (!scope.allows(Permission.WRITE)) {
      scope.require(Permission.READ);
    }
    return Optional.ofNullable(blobs.get(key)).map(ByteArrayInputStream::new);
  }

  @Override
  public void delete(BotScope scope, BlobKey key) {
    check(scope, key, Permission.WRITE);
    blobs.remove(key);
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
        .map(bytes ->
            new SignedBlob(
                link.key(),
                new ByteArrayInputStream(bytes),
                bytes.length,
                stored.getOrDefault(link.key(), clock.instant()),
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
