package io.parley.adapter.ai.extraction;

/** How the network is kept from the process that parses files. */
public enum Isolation {
  /** The process has a network namespace of its own with nothing in it, and refuses sockets too. */
  NETWORK_NAMESPACE,
  /** The process refuses to make sockets and to resolve names. */
  REFUSING_SOCKETS
}
