package io.parley.domain.port.persistence;

/** Whether the database answers, and what it says of itself. */
public interface DatabaseHealth {

  /**
   * Asks the database for nothing, within two seconds.
   *
   * @throws io.parley.domain.port.PortFailure when it does not answer
   */
  void ping();

  /**
   * Asks the database for its facts; changes nothing, and needs no schema.
   *
   * @throws io.parley.domain.port.PortFailure when it does not answer
   */
  DatabaseFacts facts();
}
