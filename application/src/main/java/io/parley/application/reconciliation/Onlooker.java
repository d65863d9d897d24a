package io.parley.application.reconciliation;

/** Follows a run. */
@FunctionalInterface
public interface Onlooker {

  /** Looks away. */
  Onlooker NONE = (store, lookedAt) -> {};

  /**
   * Called between small steps.
   *
   * @param lookedAt things compared so far in this store
   * @throws ReconciliationStopped to end the run here; what was put right stays so
   */
  void saw(String store, long lookedAt);
}
