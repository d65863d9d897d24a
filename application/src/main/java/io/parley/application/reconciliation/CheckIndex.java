package io.parley.application.reconciliation;

import io.parley.application.retrieval.FollowLog;
import io.parley.domain.document.ChunkId;
import io.parley.domain.port.Portion;
import io.parley.domain.port.persistence.Inspection;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.port.vectorstore.IndexFollower;
import io.parley.domain.retrieval.IndexedWords;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares an index with the chunks that it should hold, some at a time and in both directions.
 * What looks wrong is looked at once more while the index stands still at the end of the log: work
 * that goes on meanwhile is never taken for damage.
 *
 * @param <C> what the index holds of a chunk
 */
final class CheckIndex<C> implements StoreCheck {
  private static final int AT_ONCE = 1_000;

  private final FollowLog<C> log;
  private final IndexFollower<C> index;
  private final Inspection inspection;
  private final Function<Collection<ChunkId>, List<C>> read;
  private final Function<C, ChunkId> idOf;
  private final String store;
  private final Demand demand;

  /** What an index must hold of what it should. */
  enum Demand {
    EVERYTHING,
    /** What its model has embedded; the rest comes when somebody goes back to it. */
    WHAT_IS_EMBEDDED,
    /** It is being built. */
    NOTHING
  }

  /**
   * @param read what the index should hold of chunks
   */
  CheckIndex(
      FollowLog<C> log,
      Inspection inspection,
      Function<Collection<ChunkId>, List<C>> read,
      Function<C, ChunkId> idOf) {
    this(log, inspection, read, idOf, log.name(), Demand.EVERYTHING);
  }

  /**
   * @param read what the index should hold of chunks
   * @param store what it is called in reports
   */
  CheckIndex(
      FollowLog<C> log,
      Inspection inspection,
      Function<Collection<ChunkId>, List<C>> read,
      Function<C, ChunkId> idOf,
      String store,
      Demand demand) {
    this.store = store;
    this.demand = demand;
    this.log = log;
    this.index = log.index();
    this.inspection = inspection;
    this.read = read;
    this.idOf = idOf;
  }

  @Override
  public String store() {
    return store;
  }

  @Override
  public void look(Findings findings) {
    if (!index.verify()) {
      findings.wrong(1);
      if (findings.dryRun()) {
        findings.left(store(), "The index is damaged and is being built again.");
        return;
      }
      findings.repaired(1);
    }
    catchUp(findings);
    if (!log.isOurs()) {
      findings.left(
          store(),
          "Another server works on this index and compares it when it reconciles. Reconcile there,"
              + " or stop it.");
      return;
    }
    removeOrphans(findings);
    if (demand != Demand.NOTHING) {
      addMissing(findings);
    }
  }

  /** A rebuild takes a while, and may be ended like the rest. */
  private void catchUp(Findings findings) {
    while (log.advance()) {
      findings.lookedAt(0);
    }
  }

  private void removeOrphans(Findings findings) {
    String from = null;
    do {
      Portion<ChunkId> some = index.chunks(from, AT_ONCE);
      Set<ChunkId> suspects = inspection.stale(some.items());
      if (!suspects.isEmpty()) {
        log.atTheEnd(() -> orphans(suspects, findings));
      }
      findings.lookedAt(some.items().size());
      from = some.next();
    } while (from != null);
  }

  private List<IndexChange<C>> orphans(Set<ChunkId> suspects, Findings findings) {
    Set<ChunkId> orphans = index.held(inspection.stale(suspects)).keySet();
    findings.orphaned(orphans.size());
    if (orphans.isEmpty() || findings.dryRun()) {
      return List.of();
    }
    findings.repaired(orphans.size());
    return List.of(new IndexChange.RemoveChunks<>(List.copyOf(orphans)));
  }

  private void addMissing(Findings findings) {
    long upTo = log.position().position();
    @Nullable ChunkId last = null;
    for (List<ChunkId> some = inspection.expected(last, upTo, AT_ONCE);
        !some.isEmpty();
        some = inspection.expected(last, upTo, AT_ONCE)) {
      Set<ChunkId> suspects = notHeldOnce(some);
      if (!suspects.isEmpty()) {
        log.atTheEnd(() -> missing(suspects, findings));
      }
      last = some.getLast();
      findings.lookedAt(some.size());
    }
  }

  private Set<ChunkId> notHeldOnce(Collection<ChunkId> ids) {
    Map<ChunkId, Integer> held = index.held(ids);
    Set<ChunkId> others = new HashSet<>(ids);
    others.removeIf(id -> held.getOrDefault(id, 0) == 1);
    return others;
  }

  private List<IndexChange<C>> missing(Set<ChunkId> suspects, Findings findings) {
    Set<ChunkId> wrong = notHeldOnce(suspects);
    Set<ChunkId> expected =
        inspection.words(wrong).stream().map(IndexedWords::id).collect(Collectors.toSet());
    long repeated = index.held(expected).size();
    List<C> chunks = read.apply(expected);
    if (demand == Demand.WHAT_IS_EMBEDDED) {
      expected.retainAll(chunks.stream().map(idOf).toList());
    }
    findings.repeated(repeated);
    findings.missing(expected.size() - repeated);
    chunks.forEach(chunk -> expected.remove(idOf.apply(chunk)));
    expected.forEach(id ->
        findings.left(
            id.toString(), "The database has no embedding of this chunk. Upload its file again."));
    if (chunks.isEmpty() || findings.dryRun()) {
      return List.of();
    }
    findings.repaired(chunks.size());
    return List.of(new IndexChange.Add<>(chunks));
  }
}
