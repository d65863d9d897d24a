package io.parley.domain.port.persistence;

/** Whether the database answers. */
public interface DatabaseHealth {

  /**
   * Asks the database for nothing, within two seconds.
   *
   * @throws io.parley.domain.port.PortFailure when it does not answer
   */
  void ping();
}
