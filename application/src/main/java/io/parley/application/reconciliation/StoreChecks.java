package io.parley.application.reconciliation;

import io.parley.application.background.WorkSignal;
import io.parley.application.retrieval.FollowLog;
import io.parley.application.retrieval.OpenGeneration;
import io.parley.application.retrieval.OpenGenerations;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.Inspection;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.storage.BlobInventory;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.Generation;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.IndexedWords;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

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
  private static final int SHORT_ID = 8;

  /**
   * All checks in their order, over the index of one generation.
   *
   * @param more looked through last
   */
  public ReconcileStores over(
      FollowLog<IndexedVector> vectors,
      EmbeddingModel model,
      FollowLog<IndexedWords> words,
      List<StoreCheck> more) {
    StoreCheck check = index(vectors, model, vectors.name(), CheckIndex.Demand.EVERYTHING);
    return reconcile(() -> in(List.of(check), words, more));
  }

  /**
   * All checks in their order, over the indexes of all generations that there are when they begin.
   *
   * @param more looked through last
   */
  public ReconcileStores over(
      OpenGenerations generations, FollowLog<IndexedWords> words, List<StoreCheck> more) {
    return reconcile(() -> {
      List<StoreCheck> vectors = new ArrayList<>();
      try {
        generations.refresh();
        generations.openOthers(true);
      } catch (PortFailure e) { // the others are looked through all the same
        vectors.add(new Unseen(e));
      }
      generations.all().stream().map(this::index).forEach(vectors::add);
      return in(vectors, words, more);
    });
  }

  /** That there may be generations which nobody looked at. */
  private record Unseen(PortFailure failure) implements StoreCheck {
    @Override
    public String store() {
      return "generations";
    }

    @Override
    public void look(Findings findings) {
      throw failure;
    }
  }

  private ReconcileStores reconcile(Supplier<List<StoreCheck>> checks) {
    return new ReconcileStores(checks, persistence.reconciliations(), server, ids, clock);
  }

  private List<StoreCheck> in(
      List<StoreCheck> vectors, FollowLog<IndexedWords> words, List<StoreCheck> more) {
    Inspection inspection = persistence.inspection();
    List<StoreCheck> checks = new ArrayList<>();
    checks.add(new CheckRows(inspection, jobs, clock));
    checks.addAll(vectors);
    checks.add(new CheckIndex<>(words, inspection, inspection::words, IndexedWords::id));
    checks.add(new CheckBlobs(blobs, inspection, clock));
    checks.addAll(more);
    return checks;
  }

  private StoreCheck index(OpenGeneration open) {
    Generation generation = open.generation();
    String other = open.log().name() + " " + generation.id().toString().substring(0, SHORT_ID);
    return switch (generation.state()) {
      case SERVING ->
          index(open.log(), generation.model(), open.log().name(), CheckIndex.Demand.EVERYTHING);
      case RETIRED ->
          index(open.log(), generation.model(), other, CheckIndex.Demand.WHAT_IS_EMBEDDED);
      case BUILDING -> index(open.log(), generation.model(), other, CheckIndex.Demand.NOTHING);
    };
  }

  private StoreCheck index(
      FollowLog<IndexedVector> log, EmbeddingModel model, String name, CheckIndex.Demand demand) {
    Inspection inspection = persistence.inspection();
    return new CheckIndex<>(
        log, inspection, ids -> inspection.vectors(ids, model), IndexedVector::id, name, demand);
  }
}
