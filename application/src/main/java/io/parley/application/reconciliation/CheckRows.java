package io.parley.application.reconciliation;

import io.parley.application.background.WorkSignal;
import io.parley.domain.port.persistence.Inspection;
import io.parley.domain.port.persistence.Inspection.Flaw;
import io.parley.domain.port.persistence.Inspection.FlawKind;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for rows that do not fit together. */
final class CheckRows implements StoreCheck {
  private static final int AT_ONCE = 200;

  private final Inspection inspection;
  private final WorkSignal jobs;
  private final InstantSource clock;

  /**
   * @param jobs raised when work was queued
   */
  CheckRows(Inspection inspection, WorkSignal jobs, InstantSource clock) {
    this.inspection = inspection;
    this.jobs = jobs;
    this.clock = clock;
  }

  @Override
  public String store() {
    return "rows";
  }

  @Override
  public void look(Findings findings) {
    findings.lookedAt(inspection.versions());
    for (FlawKind kind : FlawKind.values()) {
      look(kind, findings);
    }
    jobs.raise();
  }

  private void look(FlawKind kind, Findings findings) {
    @Nullable String last = null;
    for (List<Flaw> some = inspection.flaws(kind, last, AT_ONCE);
        !some.isEmpty();
        some = inspection.flaws(kind, last, AT_ONCE)) {
      some.forEach(flaw -> repair(flaw, findings));
      last = some.getLast().row();
    }
  }

  private void repair(Flaw flaw, Findings findings) {
    if (findings.dryRun()) {
      findings.wrong(1);
    } else if (inspection.repair(flaw, clock.instant())) {
      findings.wrong(1);
      findings.repaired(1);
    }
    findings.lookedAt(0);
  }
}
