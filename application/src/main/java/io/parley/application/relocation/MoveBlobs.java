package io.parley.application.relocation;

import io.parley.application.background.BackgroundLoop;
import io.parley.application.background.WorkSignal;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Portion;
import io.parley.domain.port.persistence.Inspection;
import io.parley.domain.port.storage.BlobInventory.StoredBlob;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the blobs of all versions over, one by one and in rounds, and looks every minute whether
 * there are more. A blob is removed from where it lay once its copy is durable. What belongs to no
 * row stays for the reconciliation. Several servers may do this at once: each copies the same bytes
 * to the same place. A copy that an erasure overtakes is what its second visit finds.
 */
public final class MoveBlobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MoveBlobs.class);
  private static final int AT_ONCE = 100;
  private static final Duration BETWEEN_ROUNDS = Duration.ofMinutes(1);
  private static final Duration TOLD_EVERY = Duration.ofSeconds(30);

  private final RelocatingBlobStore blobs;
  private final Inspection inspection;
  private final InstantSource clock;
  private final BackgroundLoop loop;
  private @Nullable String from;
  private Instant nextRound = Instant.MIN;
  private Instant nextTold = Instant.MIN;
  private long moved;
  private long failed;
  private boolean first = true;

  public MoveBlobs(RelocatingBlobStore blobs, Inspection inspection, InstantSource clock) {
    this.blobs = blobs;
    this.inspection = inspection;
    this.clock = clock;
    this.loop = new BackgroundLoop("move-blobs", new WorkSignal(), this::doSome);
  }

  public void start() {
    loop.start();
  }

  /** Some blobs; false when it is not time, or a round has ended. */
  boolean doSome() {
    Instant now = clock.instant();
    if (now.isBefore(nextRound)) {
      return false;
    }
    Portion<StoredBlob> some = blobs.before().list(from, AT_ONCE);
    move(some.items());
    from = some.next();
    if (from != null) {
      tell(now);
      return true;
    }
    endRound();
    return false;
  }

  private void move(List<StoredBlob> some) {
    List<VersionRef> refs =
        some.stream().map(StoredBlob::ref).filter(Objects::nonNull).distinct().toList();
    Map<VersionRef, BlobKey> rows = inspection.blobsOf(refs);
    for (StoredBlob blob : some) {
      BlobKey key = blob.ref() == null ? null : rows.get(blob.ref());
      if (key != null && blobs.before().placeOf(key).equals(blob.place())) {
        moveOrLeave(blob, key);
      }
    }
  }

  /** One that cannot be read must not keep the others; a place that is down keeps all. */
  private void moveOrLeave(StoredBlob blob, BlobKey key) {
    try {
      move(blob, key);
    } catch (PortFailure failure) {
      if (failure.retryable()) {
        throw failure;
      }
      failed++;
      LOG.warn("{} stays where it is: {}", blob.place(), failure.sentence());
    }
  }

  private void move(StoredBlob blob, BlobKey key) {
    if (!blobs.hasCome(key) && !blobs.bring(key)) {
      return; // gone, or another server has brought it
    }
    blobs.before().remove(blob);
    moved++;
  }

  private void tell(Instant now) {
    if (!now.isBefore(nextTold)) {
      nextTold = now.plus(TOLD_EVERY);
      LOG.info("Moving files: {} have come over", moved);
    }
  }

  private void endRound() {
    nextRound = clock.instant().plus(BETWEEN_ROUNDS);
    if (failed > 0) {
      LOG.warn("{} files could not be moved. They are tried again.", failed);
    } else if (first || moved > 0) {
      LOG.info("All files have come over, {} of them in this round", moved);
    }
    first = false;
    moved = 0;
    failed = 0;
  }

  @Override
  public void close() {
    loop.close();
  }
}
