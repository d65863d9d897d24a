package io.parley.application.reconciliation;

import io.parley.domain.port.PortFailure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what is found in one store while it is looked at. */
public final class Findings {
  private static final int MOST_DETAILS = 50;

  private final String store;
  private final boolean dryRun;
  private final Onlooker onlooker;
  private final List<StoreReport.Left> details = new ArrayList<>();
  private long lookedAt;
  private long missing;
  private long orphaned;
  private long repeated;
  private long wrong;
  private long repaired;
  private long left;

  Findings(String store, boolean dryRun, Onlooker onlooker) {
    this.store = store;
    this.dryRun = dryRun;
    this.onlooker = onlooker;
  }

  /** Whether nothing may be changed. */
  public boolean dryRun() {
    return dryRun;
  }

  /**
   * So many things more were compared. To be called between small steps: this is where a run ends
   * that is told to.
   */
  public void lookedAt(long more) {
    lookedAt += more;
    onlooker.saw(store, lookedAt);
  }

  void missing(long more) {
    missing += more;
  }

  void orphaned(long more) {
    orphaned += more;
  }

  void repeated(long more) {
    repeated += more;
  }

  void wrong(long more) {
    wrong += more;
  }

  void repaired(long more) {
    repaired += more;
  }

  /** Something that belongs to nothing, and stays. */
  public void leftOrphan(String what, String why) {
    orphaned(1);
    left(what, why);
  }

  void left(String what, String why) {
    left++;
    if (details.size() < MOST_DETAILS) {
      details.add(new StoreReport.Left(what, why));
    }
  }

  /** Runs a check. A backend that fails ends it, and not the whole run. */
  StoreReport of(StoreCheck check) {
    try {
      check.look(this);
      return report(null);
    } catch (PortFailure e) {
      return report(e.backend() + ": " + e.sentence());
    }
  }

  private StoreReport report(@Nullable String failure) {
    return new StoreReport(
        store, lookedAt, missing, orphaned, repeated, wrong, repaired, left, details, failure);
  }
}
