package io.parley.testkit.memory;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.DatabaseFacts;
import io.parley.domain.port.persistence.DatabaseFacts.Schema;
import io.parley.domain.port.persistence.DatabaseHealth;

/** Says that the database answers, until it is told that it is lost. */
final class InMemoryHealth implements DatabaseHealth {
  private volatile boolean lost;

  void lose() {
    lost = true;
  }

  /** Memory needs no schema and no connection. */
  @Override
  public DatabaseFacts facts() {
    ping();
    return new DatabaseFacts("memory", 1, 1, Schema.CURRENT, true, 100, 1, 10);
  }

  @Override
  public void ping() {
    if (lost) {
      throw new PortFailure(
          PortFailure.Kind.UNAVAILABLE, "memory", "The database was lost by a test.", null);
    }
  }
}
