package io.parley.adapter.web;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.UserScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.SourceId;
import io.parley.domain.erasure.Retained;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Portion;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.port.storage.PreviewAs;
import io.parley.domain.port.storage.PreviewLink;
import io.parley.domain.port.storage.PutResult;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts what streams by, and keeps none of it. */
final class CountingBlobs implements BlobStore {
  final AtomicLong received = new AtomicLong();
  final AtomicInteger puts = new AtomicInteger();
  final Set<BlobKey> kept = ConcurrentHashMap.newKeySet();
  volatile CountDownLatch hold = new CountDownLatch(0);

  @Override
  public PutResult put(BotScope scope, BlobKey key, InputStream content, long maxBytes) {
    return write(key, content, maxBytes);
  }

  @Override
  public PutResult write(BlobKey key, InputStream content, long maxBytes) {
    puts.incrementAndGet();
    try {
      hold.await();
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[8_192];
      long size = 0;
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        size += n;
        sha256.update(buffer, 0, n);
        received.addAndGet(n);
        if (size > maxBytes) {
          return new PutResult.TooLarge(maxBytes);
        }
      }
      kept.add(key);
      return new PutResult.Stored(size, HexFormat.of().formatHex(sha256.digest()));
    } catch (IOException | InterruptedException | NoSuchAlgorithmException e) {
      throw new PortFailure(PortFailure.Kind.UNAVAILABLE, "Files", "The upload broke off.", e);
    }
  }

  @Override
  public Portion<StoredBlob> list(@Nullable String from, int limit) {
    return new Portion<>(List.of(), null);
  }

  @Override
  public String placeOf(BlobKey key) {
    return key.path();
  }

  @Override
  public boolean holds(BlobKey key) {
    return false;
  }

  @Override
  public Optional<InputStream> read(BlobKey key) {
    return Optional.empty();
  }

  @Override
  public boolean remove(StoredBlob blob) {
    return false;
  }

  @Override
  public int removeUnfinished() {
    return 0;
  }

  @Override
  public Optional<InputStream> open(BotScope scope, BlobKey key) {
    return Optional.empty();
  }

  @Override
  public void delete(BotScope scope, BlobKey key) {
    discard(key);
  }

  @Override
  public void discard(BlobKey key) {
    kept.remove(key);
  }

  @Override
  public long count(BotScope scope, SourceId source) {
    return 0;
  }

  @Override
  public long deleteAll(BotScope scope, SourceId source) {
    return 0;
  }

  @Override
  public long count(UserScope owner) {
    return 0;
  }

  @Override
  public long deleteAll(UserScope owner) {
    return 0;
  }

  @Override
  public Set<Retained> retained() {
    return Set.of();
  }

  @Override
  public PreviewLink preview(BotScope scope, BlobKey key, PreviewAs as, Duration validFor) {
    return new PreviewLink(URI.create("/previews/good"), Instant.EPOCH.plus(validFor));
  }
}
