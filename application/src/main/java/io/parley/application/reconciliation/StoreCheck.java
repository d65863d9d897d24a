package io.parley.application.reconciliation;

/** Looks through one store. */
public interface StoreCheck {

  /** What the store is called in reports. */
  String store();

  /** Counts what it finds, and puts right what it can unless it is a dry run. */
  void look(Findings findings);
}
