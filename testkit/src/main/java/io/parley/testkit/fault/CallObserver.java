package io.parley.testkit.fault;

/**
 * Sees every call of a port, on the caller's thread. What it throws, the caller gets in place of
 * the call's own outcome.
 */
public interface CallObserver {

  /** Before the adapter is called. When this throws, the adapter is not. */
  void before(PortCall call);

  /** After the adapter did its work, and before its caller knows. Not after one that threw. */
  void after(PortCall call);
}
