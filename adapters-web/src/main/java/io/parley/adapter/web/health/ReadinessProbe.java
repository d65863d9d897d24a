package io.parley.adapter.web.health;

/** Whether one backend can be worked with. */
public interface ReadinessProbe {
  /** What people call the backend, such as {@code vector_store}. */
  String name();

  /** Whether nothing works without it. */
  boolean needed();

  /**
   * Asks the backend for nothing, within seconds, and loads no model.
   *
   * @throws io.parley.domain.port.PortFailure when it cannot be worked with
   */
  void check();
}
