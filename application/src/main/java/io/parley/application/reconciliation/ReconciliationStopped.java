package io.parley.application.reconciliation;

/** A run was told to end before it was through. */
public final class ReconciliationStopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ReconciliationStopped(String sentence) {
    super(sentence);
  }
}
