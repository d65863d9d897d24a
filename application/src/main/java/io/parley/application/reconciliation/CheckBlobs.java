package io.parley.application.reconciliation;

import io.parley.domain.document.BlobKey;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.Portion;
import io.parley.domain.port.persistence.Inspection;
import io.parley.domain.port.storage.BlobInventory;
import io.parley.domain.port.storage.BlobInventory.StoredBlob;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares the blobs with the rows, in both directions. */
final class CheckBlobs implements StoreCheck {
  private static final int AT_ONCE = 500;

  /**
   * An upload writes its bytes before its row, and the two are a moment apart. This is far more
   * than any deadline: also a machine that was asleep in between loses nothing.
   */
  private static final Duration MAY_BE_UNDER_WAY = Duration.ofDays(1);

  private final BlobInventory blobs;
  private final Inspection inspection;
  private final InstantSource clock;

  CheckBlobs(BlobInventory blobs, Inspection inspection, InstantSource clock) {
    this.blobs = blobs;
    this.inspection = inspection;
    this.clock = clock;
  }

  @Override
  public String store() {
    return "blobs";
  }

  @Override
  public void look(Findings findings) {
    if (!findings.dryRun()) {
      int unfinished = blobs.removeUnfinished();
      findings.orphaned(unfinished);
      findings.repaired(unfinished);
    }
    removeOrphans(findings);
    reportMissing(findings);
  }

  private void removeOrphans(Findings findings) {
    String from = null;
    do {
      Portion<StoredBlob> some = blobs.list(from, AT_ONCE);
      compare(some.items(), findings);
      findings.lookedAt(some.items().size());
      from = some.next();
    } while (from != null);
  }

  private void compare(List<StoredBlob> some, Findings findings) {
    List<VersionRef> refs =
        some.stream().map(StoredBlob::ref).filter(Objects::nonNull).distinct().toList();
    // Both after the list was read, and rows last: else a row that came meanwhile would not be
    // seen, and its erasure be taken for that of a source whose rows are gone.
    Set<SourceId> erased =
        inspection.erased(refs.stream().map(VersionRef::source).distinct().toList());
    Map<VersionRef, BlobKey> rows = inspection.blobsOf(refs);
    Instant old = clock.instant().minus(MAY_BE_UNDER_WAY);
    for (StoredBlob blob : some) {
      VersionRef ref = blob.ref();
      if (ref == null) {
        findings.leftOrphan(blob.place(), "This is none of Parley's files. Move it elsewhere.");
      } else if (!isAt(rows.get(ref), blob)) {
        boolean isErased = rows.get(ref) == null && erased.contains(ref.source());
        if (isErased || blob.storedAt().isBefore(old)) {
          remove(blob, findings);
        }
      }
    }
  }

  private boolean isAt(@Nullable BlobKey row, StoredBlob blob) {
    return row != null && blobs.placeOf(row).equals(blob.place());
  }

  private void remove(StoredBlob blob, Findings findings) {
    if (findings.dryRun()) {
      findings.orphaned(1);
    } else if (blobs.remove(blob)) {
      findings.orphaned(1);
      findings.repaired(1);
    }
  }

  private void reportMissing(Findings findings) {
    @Nullable VersionRef last = null;
    for (List<BlobKey> some = inspection.blobs(last, AT_ONCE);
        !some.isEmpty();
        some = inspection.blobs(last, AT_ONCE)) {
      Set<BlobKey> lost =
          some.stream().filter(key -> !blobs.holds(key)).collect(Collectors.toSet());
      if (!lost.isEmpty()) {
        reportMissing(lost, findings);
      }
      last = some.getLast().ref();
      findings.lookedAt(some.size());
    }
  }

  /** An erasure removes the bytes first: its tombstone is seen by now. */
  private void reportMissing(Set<BlobKey> lost, Findings findings) {
    Set<SourceId> erased =
        inspection.erased(lost.stream().map(key -> key.ref().source()).distinct().toList());
    for (BlobKey key : lost) {
      if (!erased.contains(key.ref().source())) {
        findings.missing(1);
        findings.left(
            "document " + key.ref().source() + " version " + key.ref().version(),
            "Its original file is missing: it still answers, and cannot be opened. Put the file back from a backup.");
      }
    }
  }
}
