package io.parley.application.reconciliation;

import io.parley.application.background.WorkSignal;
import io.parley.application.retrieval.FollowLog;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.persistence.Inspection;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.storage.BlobInventory;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.IndexedWords;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts together what is looked through.
 *
 * @param jobs raised when work was queued
 */
public record StoreChecks(
    Persistence persistence,
    BlobInventory blobs,
    WorkSignal jobs,
    String server,
    IdSource ids,
    InstantSource clock) {

  /**
   * All checks in their order.
   *
   * @param more looked through last
   */
  public ReconcileStores over(
      FollowLog<IndexedVector> vectors,
      EmbeddingModel model,
      FollowLog<IndexedWords> words,
      List<StoreCheck> more) {
    Inspection inspection = persistence.inspection();
    List<StoreCheck> checks = new ArrayList<>();
    checks.add(new CheckRows(inspection, jobs, clock));
    checks.add(
        new CheckIndex<>(
            vectors, inspection, ids -> inspection.vectors(ids, model), IndexedVector::id));
    checks.add(new CheckIndex<>(words, inspection, inspection::words, IndexedWords::id));
    checks.add(new CheckBlobs(blobs, inspection, clock));
    checks.addAll(more);
    return new ReconcileStores(checks, persistence.reconciliations(), server, ids, clock);
  }
}
