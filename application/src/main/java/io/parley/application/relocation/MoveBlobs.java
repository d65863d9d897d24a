package io.parley.application.relocation;

import io.parley.application.background.BackgroundLoop;
import io.parley.application.background.WorkSignal;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Portion;
import io.parley.domain.port.persistence.Inspection;
import io.parley.domain.port.persistence.Reconciliations;
import io.parley.domain.port.storage.BlobInventory.StoredBlob;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the blobs of all versions over, one by one and in rounds, and looks every minute whether
 * there are more. A blob is removed from where it lay once its copy is durable. What belongs to no
 * row stays for the reconciliation, with which servers take turns at this: two that were told
 * opposite directions send blobs to and fro, and lose none.
 */
public final class MoveBlobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MoveBlobs.class);
  private static final int AT_ONCE = 50;

  /** So many failures in a row are not of single files; the rest of a portion waits. */
  private static final int MOST_IN_A_ROW = 5;

  /** More than a file takes; after a crash, nobody reconciles or moves for so long. */
  private static final Duration TURN = Duration.ofMinutes(10);

  private static final Duration BETWEEN_ROUNDS = Duration.ofMinutes(1);
  private static final Duration TOLD_EVERY = Duration.ofSeconds(30);

  private final RelocatingBlobStore blobs;
  private final Inspection inspection;
  private final Reconciliations turns;
  private final UUID run;
  private final InstantSource clock;
  private final BackgroundLoop loop;
  private @Nullable String from;
  private Instant nextRound = Instant.MIN;
  private Instant nextTold = Instant.MIN;
  private long moved;
  private long failed;
  private boolean first = true;

  /**
   * @param run tells this server's turns from those of others
   */
  public MoveBlobs(
      RelocatingBlobStore blobs,
      Inspection inspection,
      Reconciliations turns,
      UUID run,
      InstantSource clock) {
    this.blobs = blobs;
    this.inspection = inspection;
    this.turns = turns;
    this.run = run;
    this.clock = clock;
    this.loop = new BackgroundLoop("move-blobs", new WorkSignal(), this::doSome);
  }

  public void start() {
    loop.start();
  }

  /** Some blobs; false when it is not time, or somebody else's turn, or a round has ended. */
  boolean doSome() {
    Instant now = clock.instant();
    if (now.isBefore(nextRound) || !turns.begin(run, TURN, now)) {
      return false;
    }
    try {
      Portion<StoredBlob> some = blobs.before().list(from, AT_ONCE);
      move(some.items());
      from = some.next();
    } finally {
      turns.end(run);
    }
    if (from != null) {
      tell(now);
      return true;
    }
    endRound();
    return false;
  }

  private void move(List<StoredBlob> portion) {
    // In another order each time: those that fail are not always the first.
    List<StoredBlob> some = new ArrayList<>(portion);
    Collections.shuffle(some);
    List<VersionRef> refs =
        some.stream().map(StoredBlob::ref).filter(Objects::nonNull).distinct().toList();
    Map<VersionRef, BlobKey> rows = inspection.blobsOf(refs);
    Set<SourceId> erased =
        inspection.erased(refs.stream().map(VersionRef::source).distinct().toList());
    int inARow = 0;
    for (StoredBlob blob : some) {
      BlobKey key = blob.ref() == null ? null : rows.get(blob.ref());
      if (key != null && inARow < MOST_IN_A_ROW && isWanted(blob, key, erased)) {
        inARow = isMoved(blob, key) ? 0 : inARow + 1;
      }
    }
  }

  private boolean isWanted(StoredBlob blob, BlobKey key, Set<SourceId> erased) {
    return !erased.contains(key.ref().source()) && blobs.before().placeOf(key).equals(blob.place());
  }

  /** Whatever is wrong with one, the others come over. */
  private boolean isMoved(StoredBlob blob, BlobKey key) {
    try {
      move(blob, key);
      return true;
    } catch (RuntimeException e) {
      failed++;
      String why = e instanceof PortFailure failure ? failure.sentence() : e.toString();
      LOG.warn("{} stays where it is: {}", blob.place(), why);
      return false;
    }
  }

  private void move(StoredBlob blob, BlobKey key) {
    if (!blobs.bring(key)) {
      return; // gone
    }
    if (isGone(key)) {
      blobs.takeBack(key); // its erasure may have been there before the copy
    } else if (turns.renew(run, TURN, clock.instant())) {
      blobs.before().remove(blob);
      moved++;
    } else {
      failed++; // somebody else's turn came meanwhile: it lies in both places until the next round
    }
  }

  private boolean isGone(BlobKey key) {
    return inspection.blobsOf(List.of(key.ref())).isEmpty()
        || !inspection.erased(List.of(key.ref().source())).isEmpty();
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
      LOG.warn("{} files could not be moved. They are tried again in a minute.", failed);
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
