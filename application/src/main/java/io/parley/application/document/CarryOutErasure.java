package io.parley.application.document;

import io.parley.application.background.WorkSignal;
import io.parley.domain.access.BotScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.SourceId;
import io.parley.domain.job.Lease;
import io.parley.domain.port.persistence.ChangeLog;
import io.parley.domain.port.persistence.ErasureRepository;
import io.parley.domain.port.persistence.IngestionRepository;
import io.parley.domain.port.persistence.JobQueue;
import io.parley.domain.port.persistence.Transactions;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.port.vectorstore.IndexFollower;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Removes what a tombstone has made invisible: from the indexes first, read back, then the bytes,
 * then the rows. Each part may run again.
 */
final class CarryOutErasure {
  private static final int SOURCES_AT_ONCE = 100;

  private final ErasureRepository erasures;
  private final IngestionRepository ingestion;
  private final ChangeLog log;
  private final JobQueue queue;
  private final Transactions transactions;
  private final BlobStore blobs;
  private final List<IndexFollower<?>> indexes;
  private final WorkSignal indexSignal;
  private final InstantSource clock;

  CarryOutErasure(
      ErasureRepository erasures,
      IngestionRepository ingestion,
      ChangeLog log,
      JobQueue queue,
      Transactions transactions,
      BlobStore blobs,
      List<IndexFollower<?>> indexes,
      WorkSignal indexSignal,
      InstantSource clock) {
    this.erasures = erasures;
    this.ingestion = ingestion;
    this.log = log;
    this.queue = queue;
    this.transactions = transactions;
    this.blobs = blobs;
    this.indexes = List.copyOf(indexes);
    this.indexSignal = indexSignal;
    this.clock = clock;
  }

  /** False when an index still holds something and the job must come back. */
  boolean source(Lease lease, BotScope scope, SourceId source, ErasureId erasure) {
    indexSignal.raise();
    if (!goneFromIndexes(source)) {
      return false;
    }
    int removed = removeBytesAndRows(lease, scope, source, () -> {});
    complete(lease, scope, erasure, Map.of("sources", 1L, "blobs", (long) removed));
    return true;
  }

  /** False when the job must come back. */
  boolean bot(Lease lease, BotScope scope, ErasureId erasure) {
    long sources = 0;
    long removed = 0;
    for (List<SourceId> some = erasures.sourcesWithRows(scope, SOURCES_AT_ONCE);
        !some.isEmpty();
        some = erasures.sourcesWithRows(scope, SOURCES_AT_ONCE)) {
      for (SourceId source : some) {
        announce(lease, scope, source);
      }
      indexSignal.raise();
      for (SourceId source : some) {
        if (!goneFromIndexes(source)) {
          return false;
        }
        removed += removeBytesAndRows(lease, scope, source, () -> log.sourceRemoved(scope, source));
        sources++;
      }
    }
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("sources", sources);
    counts.put("blobs", removed);
    complete(lease, scope, erasure, counts);
    return true;
  }

  private void announce(Lease lease, BotScope scope, SourceId source) {
    if (!goneFromIndexes(source)) {
      fenced(lease, () -> log.sourceRemoved(scope, source));
    }
  }

  private boolean goneFromIndexes(SourceId source) {
    return indexes.stream().allMatch(index -> index.chunksOf(source).isEmpty());
  }

  /**
   * Blanks once more: an answer that was on its way when the source became invisible may have been
   * kept since.
   */
  private int removeBytesAndRows(Lease lease, BotScope scope, SourceId source, Runnable last) {
    List<BlobKey> keys = erasures.blobsOf(scope, source);
    keys.forEach(key -> blobs.delete(scope, key));
    fenced(
        lease,
        () -> {
          erasures.blankAnswersCiting(scope, source);
          ingestion.removeRows(scope, source);
          last.run();
        });
    return keys.size();
  }

  private void complete(Lease lease, BotScope scope, ErasureId erasure, Map<String, Long> counts) {
    fenced(lease, () -> erasures.complete(erasure, scope, counts, clock.instant()));
  }

  private void fenced(Lease lease, Runnable change) {
    transactions.run(() -> {
      queue.fence(lease);
      change.run();
    });
  }
}
