package io.parley.application.transfer;

/** Follows an export or an import. */
@FunctionalInterface
public interface TransferProgress {

  /** Looks away. */
  TransferProgress NONE = sentence -> {};

  /**
   * Called between small steps with a sentence for people. What it throws ends the run: an export
   * leaves nothing then, and an import leaves what it has brought in so far.
   */
  void at(String sentence);
}
