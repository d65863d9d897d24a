package io.parley.application.transfer;

import io.parley.domain.port.PortFailure;

/**
 * What is read from an archive while a transaction runs cannot be read again when the database
 * wants the transaction to be run again.
 */
final class FirstAttempt {
  private boolean begun;

  void require() {
    if (begun) {
      throw new PortFailure(
          PortFailure.Kind.UNAVAILABLE,
          "PostgreSQL",
          "The import got in the way of other work. Run it again: it goes on where it was.",
          null);
    }
    begun = true;
  }
}
